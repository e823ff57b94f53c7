namespace Quern.Yaml;

/// <summary>A node of a YAML document with its place, aliases and merge keys resolved.</summary>
/// <param name="line">Line it begins on, from 1.</param>
/// <param name="column">Column it begins at, from 1.</param>
abstract class YamlNode(int line, int column)
{
    /// <summary>Line it begins on, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column it begins at, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>How many nodes it holds, itself among them, aliases counted as if they were written out.</summary>
    public abstract long Size { get; }

    /// <summary>Whether it stands for nothing.</summary>
    public virtual bool IsNull => false;

    /// <summary>The value it stands for, in the types of templates: each call makes lists and dicts of their own.</summary>
    public abstract object? Value();
}
