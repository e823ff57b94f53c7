namespace Quern.Projects.Yaml;

/// <summary>A sequence.</summary>
sealed class YamlList(IReadOnlyList<YamlNode> items, int line, int column) : YamlNode(line, column)
{
    /// <summary>Its items.</summary>
    public IReadOnlyList<YamlNode> Items { get; } = items;

    /// <inheritdoc/>
    public override long Size { get; } = 1 + items.Sum(i => i.Size);

    /// <inheritdoc/>
    public override object? Value()
    {
        var list = new List<object?>(Items.Count);
        foreach (var item in Items) list.Add(item.Value());
        return list;
    }
}
