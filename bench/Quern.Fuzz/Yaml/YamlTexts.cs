using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Fuzz.Yaml;

/// <summary>YAML by itself, as <c>--vars</c> takes it.</summary>
sealed class YamlTexts() : YamlTarget("yaml/texts", "x.yml")
{
    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        var value = YamlText.Read(text, File);
        behaviour.Add("written", Behaviour.Bucket(PythonText.Of(value).Length));
    }
}
