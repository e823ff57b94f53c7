namespace Quern.Chunks;

/// <summary>The columns of a chunk, a result or a table, in order.</summary>
/// <param name="columns">In order; names may repeat (as in <c>select a, a</c>).</param>
public sealed class Schema(IReadOnlyList<Column> columns)
{
    /// <summary>In order.</summary>
    public IReadOnlyList<Column> Columns { get; } = columns;

    /// <summary>How many columns.</summary>
    public int Count => Columns.Count;

    /// <summary>The column at a position, from 0.</summary>
    public Column this[int index] => Columns[index];

    /// <summary>Position of the first column with this name, without regard to case (as in SQL); -1 when there is
    /// none.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (string.Equals(Columns[i].Name, name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    /// <summary>As in a table definition: names and types, separated by commas.</summary>
    public override string ToString() => string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"));
}
