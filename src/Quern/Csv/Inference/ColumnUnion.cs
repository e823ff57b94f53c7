namespace Quern.Csv.Inference;

/// <summary>The columns of files together: by name, in the order in which the files have them first; a file may lack some.</summary>
sealed class ColumnUnion
{
    readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> _names = [];

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds those of a file.</summary>
    public void Add(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!_positions.TryAdd(name, _names.Count)) continue;
            _names.Add(name);
        }
    }

    /// <summary>Position of a column here; -1 when there is none of the name.</summary>
    public int Find(string name) => _positions.GetValueOrDefault(name, -1);
}
