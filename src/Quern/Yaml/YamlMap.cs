using Quern.Jinja.Values;

namespace Quern.Yaml;

/// <summary>A mapping: keys in the order in which they first came, values of their last coming.</summary>
sealed class YamlMap(IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> entries, int line, int column) : YamlNode(line, column)
{
    /// <summary>Its keys and values, each key once.</summary>
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries { get; } = entries;

    /// <inheritdoc/>
    public override long Size { get; } = SizeOf(entries);

    /// <summary>The value of a key that is text; null when it is not there.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var (name, value) in Entries)
                if (name.Value() is string text && text == key) return value;
            return null;
        }
    }

    /// <summary>A text; null when the key is not there or its value is no text.</summary>
    public string? Text(string key) => this[key]?.Value() as string;

    /// <inheritdoc/>
    public override object? Value() => Dict();

    static long SizeOf(IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> entries)
    {
        var size = 1L;
        for (var i = 0; i < entries.Count; i++) size += 1 + entries[i].Value.Size;
        return size;
    }

    /// <summary>The value it stands for.</summary>
    public Dict Dict()
    {
        var dict = new Dict();
        foreach (var (key, value) in Entries) dict[key.Value()] = value.Value();
        return dict;
    }
}
