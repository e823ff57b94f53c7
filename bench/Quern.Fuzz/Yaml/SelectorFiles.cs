using Quern.Projects.Selection;

namespace Quern.Fuzz.Yaml;

/// <summary>selectors.yml.</summary>
sealed class SelectorFiles() : YamlTarget("yaml/selectors", "selectors.yml")
{
    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        var file = SelectorFile.Parse(text, File);
        behaviour.Add("selectors", file.Definitions.Count, file.Default is null ? 0 : 1);
    }
}
