using Quern.Projects.Options;

namespace Quern.Fuzz.Yaml;

/// <summary>quern.yml.</summary>
sealed class OptionFiles() : YamlTarget("yaml/options", QuernOptions.FileName)
{
    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        var options = QuernOptions.Parse(text, File, "/");
        behaviour.Add("options", options.Memory is null ? 0 : 1, options.Threads is null ? 0 : 1, options.Temp is null ? 0 : 1);
    }
}
