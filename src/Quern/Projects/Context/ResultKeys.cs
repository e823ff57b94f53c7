namespace Quern.Projects.Context;

/// <summary>Names of the columns of a result. As in the tables of dbt, letters' case counts.</summary>
sealed class ResultKeys
{
    readonly Dictionary<string, int> _at = new(StringComparer.Ordinal);

    public ResultKeys(List<string> names)
    {
        Names = names;
        for (var i = 0; i < names.Count; i++) _at.TryAdd(names[i], i);
    }

    public List<string> Names { get; }

    public int? Find(string name) => _at.TryGetValue(name, out var at) ? at : null;
}
