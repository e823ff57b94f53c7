using System.Collections.Concurrent;
using Quern.Chunks;
using Quern.Folding.Expressions;
using Quern.Folding.Results;
using Quern.Rollups.Answering;
using Quern.Rollups.Store;

namespace Quern.Rollups.Routing;

/// <summary>Finds how the keys of grains give the values of queries. Maps of buckets are kept, as all grains share the codes of a key.</summary>
/// <param name="columns">The columns of the fold.</param>
sealed class TermMaps(FoldColumns columns)
{
    readonly ConcurrentDictionary<(string Key, TimeBucket Bucket), TermMap> _coarser = new();

    /// <summary>How a grain gives a value; null when it does not.</summary>
    /// <param name="term">A column or a bucket of one.</param>
    /// <param name="grain">The grain.</param>
    public TermMap? Find(Expression term, StoredGrain grain)
    {
        term = Plain(term);
        if (term is ColumnTerm column) return grain.KeyOf(column.Name) is >= 0 and var same ? TermMap.Same(same, grain.Keys[same].Domain) : null;
        if (term is not BucketTerm { Of: ColumnTerm of } bucket) return null;
        TermMap? found = null;
        for (var k = 0; k < grain.Keys.Count; k++)
        {
            if (Finer(grain.Keys[k], of.Name) is not { } finer || grain.Keys[k].Domain is not LinearDomain domain) continue;
            if (finer == bucket.Bucket) return TermMap.Same(k, domain);
            if (!Nesting.Holds(bucket.Bucket, finer)) continue;
            var map = _coarser.GetOrAdd((grain.Keys[k].Name, bucket.Bucket), _ => TermMap.Coarser(k, domain, finer, bucket.Bucket));
            found ??= map with { Key = k };
        }
        return found;
    }

    /// <summary>A derived bucket as the bucket that it is.</summary>
    public Expression Plain(Expression term) =>
        term is ColumnTerm column && columns.TryFind(column.Name, out var found) && found.Made is BucketTerm made ? made : term;

    /// <summary>A value is the column of a name.</summary>
    public bool IsOf(Expression plain, string name) =>
        plain is ColumnTerm column ? column.Name == name : plain is BucketTerm && columns[name].Made is { } made && made.Equals(plain);

    /// <summary>A value as a declaration would name it: a derived column, or its expression.</summary>
    public string Name(Expression term)
    {
        if (term is ColumnTerm column) return column.Name;
        if (columns.All.FirstOrDefault(c => c.Made is { } made && made.Equals(term)) is { } derived) return derived.Name;
        return term is BucketTerm { Of: ColumnTerm of } bucket ? $"{bucket.Bucket.ToString().ToLowerInvariant()}({of.Name})" : new ExpressionSql(columns).Of(term);
    }

    // The bucket of a column that a key is: days of a column of days, too.
    TimeBucket? Finer(StoredKey key, string of)
    {
        var column = columns[key.Name];
        if (column.Made is BucketTerm { Of: ColumnTerm made } bucket) return made.Name == of ? bucket.Bucket : null;
        return column.Name == of && column.Type.Kind == TypeKind.Date ? TimeBucket.Day : null;
    }
}
