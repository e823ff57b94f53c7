namespace Quern.Yaml;

/// <summary>A single value.</summary>
/// <param name="text">As it stands in the file, escapes done.</param>
/// <param name="value">What it stands for.</param>
/// <param name="line">Line it begins on, from 1.</param>
/// <param name="column">Column it begins at, from 1.</param>
sealed class YamlScalar(string text, object? value, int line, int column) : YamlNode(line, column)
{
    /// <summary>As it stands in the file, escapes done.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override long Size => 1;

    /// <inheritdoc/>
    public override bool IsNull => value is null;

    /// <inheritdoc/>
    public override object? Value() => value;
}
