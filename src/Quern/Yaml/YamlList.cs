namespace Quern.Yaml;

/// <summary>A sequence.</summary>
sealed class YamlList(IReadOnlyList<YamlNode> items, int line, int column) : YamlNode(line, column)
{
    /// <summary>Its items.</summary>
    public IReadOnlyList<YamlNode> Items { get; } = items;

    /// <inheritdoc/>
    public override long Size { get; } = SizeOf(items);

    static long SizeOf(IReadOnlyList<YamlNode> items)
    {
        var size = 1L;
        for (var i = 0; i < items.Count; i++) size += items[i].Size;
        return size;
    }

    /// <inheritdoc/>
    public override object? Value()
    {
        var list = new List<object?>(Items.Count);
        foreach (var item in Items) list.Add(item.Value());
        return list;
    }
}
