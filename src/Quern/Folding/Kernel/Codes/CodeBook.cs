using Quern.Chunks;
using Quern.Folding.Expressions;
using Quern.Folding.Kernel.Records;
using Quern.Folding.Kernel.Texts;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Folding.Kernel.Codes;

/// <summary>What the codes of all fields and keys stand for; known when all rows were read.</summary>
sealed class CodeBook
{
    CodeBook(IReadOnlyList<FieldCodes> fields, IReadOnlyList<KeyCodes> keys)
    {
        (Fields, Keys) = (fields, keys);
    }

    /// <summary>The codes of the fields.</summary>
    public IReadOnlyList<FieldCodes> Fields { get; }

    /// <summary>The codes of the keys.</summary>
    public IReadOnlyList<KeyCodes> Keys { get; }

    /// <summary>What the codes of keys stand for, by their names.</summary>
    public IReadOnlyDictionary<string, KeyDomain> Domains =>
        Keys.ToDictionary(k => k.Plan.Name, k => k.Domain, StringComparer.OrdinalIgnoreCase);

    /// <summary>Of what was read.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="books">What was seen of the fields of each family.</param>
    /// <param name="texts">The texts of fields that are such.</param>
    /// <param name="hashed">The texts by whose hashes rows are parted.</param>
    public static CodeBook Of(FoldPlan plan, IReadOnlyList<FormBook> books, IReadOnlyList<TextNumbers?> texts, TextDomain? hashed)
    {
        var fields = plan.Fields.Select((field, f) => field.Kind == KeyKind.Hashed
            ? new(hashed!, 0, null, Seen(plan, books, f).HasNulls)
            : Field(field, Seen(plan, books, f), texts[f])).ToList();
        return new(fields, [.. plan.Keys.Select(key => Key(key, plan.Fields[key.Field], fields[key.Field]))]);
    }

    static (long First, long Last, bool HasNulls) Seen(FoldPlan plan, IReadOnlyList<FormBook> books, int field)
    {
        for (var f = 0; f < books.Count; f++)
        {
            // Every family has seen all rows.
            var at = plan.Families[f].Fields.ToList().IndexOf(field);
            if (at >= 0) return (books[f].Range(at).First, books[f].Range(at).Last, books[f].HasNulls(at));
        }
        throw new InvalidOperationException("each field is one of a family");
    }

    static FieldCodes Field(FieldPlan field, (long First, long Last, bool HasNulls) seen, TextNumbers? texts)
    {
        if (texts is not null)
        {
            var (domain, codes) = Sorted(field.Type, texts);
            return new(domain, 0, codes, seen.HasNulls);
        }
        return new(Linear(field.Name, field.Type, field.Bucket, seen.First, seen.Last), seen.First, null, seen.HasNulls);
    }

    static KeyCodes Key(KeyPlan key, FieldPlan field, FieldCodes codes)
    {
        if (key.Bucket is not { } bucket || bucket == field.Bucket) return new(key, Typed(codes.Domain, key), codes.Size);
        var fine = (LinearDomain)codes.Domain;
        if (fine.Count == 0) return new(key, new LinearDomain(key.Type, 0, 0, bucket), codes.Size);
        var first = Buckets.Coarsen(field.Bucket!.Value, bucket, fine.First);
        var last = Buckets.Coarsen(field.Bucket!.Value, bucket, fine.First + fine.Count - 1);
        var domain = Linear(key.Name, key.Type, bucket, first, last);
        return new(key, domain, domain.Count + (codes.HasNulls ? 1UL : 0));
    }

    static KeyDomain Typed(KeyDomain domain, KeyPlan key) => domain is LinearDomain linear ? linear with { Type = key.Type } : domain;

    static LinearDomain Linear(string name, LogicalType type, TimeBucket? bucket, long first, long last)
    {
        if (first > last) return new(type, 0, 0, bucket);
        if ((ulong)(last - first) > uint.MaxValue - 2) throw new NotCovered($"values of {name} are too far apart to be counted");
        return new(type, first, (uint)(last - first + 1), bucket);
    }

    static (TextDomain Domain, uint[] Codes) Sorted(LogicalType type, TextNumbers texts)
    {
        var order = new int[texts.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => texts[a].Bytes.SequenceCompareTo(texts[b].Bytes));
        var ends = new long[order.Length];
        var codes = new uint[order.Length];
        var length = 0L;
        for (var i = 0; i < order.Length; i++)
        {
            length += texts[order[i]].Length;
            ends[i] = length;
            codes[order[i]] = (uint)i;
        }
        var bytes = new byte[length];
        for (var i = 0; i < order.Length; i++)
        {
            var text = texts[order[i]];
            text.Bytes.CopyTo(bytes.AsSpan((int)(ends[i] - text.Length)));
        }
        return (new TextDomain(type, ends, bytes, true), codes);
    }
}
