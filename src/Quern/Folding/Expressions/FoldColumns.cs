using System.Diagnostics.CodeAnalysis;
using Quern.Folding.Declared;

namespace Quern.Folding.Expressions;

/// <summary>The columns of a fold: those of its source, then the derived ones.</summary>
sealed class FoldColumns
{
    readonly List<FoldColumn> _all = [];
    readonly Dictionary<string, FoldColumn> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns of a source.</summary>
    /// <param name="source">Its columns; of two with one name the first counts.</param>
    /// <param name="zone">The zone of the fold.</param>
    public FoldColumns(FoldSource source, TimeZoneInfo zone)
    {
        Zone = zone;
        foreach (var column in source.Columns) Add(new FoldColumn(column.Name, column.Type, column.Epoch));
    }

    /// <summary>The columns of a fold that was read already: its expressions are bound.</summary>
    public FoldColumns(Fold fold) : this(fold.Source, TimeZoneInfo.FindSystemTimeZoneById(fold.Zone))
    {
        foreach (var derived in fold.Derived) Add(new FoldColumn(derived.Name, Binder.TypeOf(derived.Expression, this), null, derived.Expression));
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<FoldColumn> All => _all;

    /// <summary>The zone in which moments fall into buckets.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Names in order.</summary>
    public IReadOnlyList<string> Names => [.. _all.Select(c => c.Name)];

    /// <summary>Adds a derived column.</summary>
    /// <returns>False: there is one of this name.</returns>
    public bool Add(FoldColumn column)
    {
        if (!_byName.TryAdd(column.Name, column)) return false;
        _all.Add(column);
        return true;
    }

    /// <summary>The column of a name, in any case.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out FoldColumn? column) => _byName.TryGetValue(name, out column);

    /// <summary>The column of a name that was looked up before.</summary>
    public FoldColumn this[string name] => _byName[name];
}
