using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Fuzz.Yaml;

/// <summary>YAML files of projects: whatever a text says, its reader takes it or ends with a fault that names the file.</summary>
/// <param name="name">What is tried.</param>
/// <param name="file">The file that a text is.</param>
abstract class YamlTarget(string name, string file) : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Ending => ".yml";

    /// <summary>The file that a text is, from the project's folder.</summary>
    protected string File => file;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tokens => YamlTokens.All;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Open, string Inside, string Close)> Nesting => YamlTokens.Nesting;

    /// <inheritdoc/>
    public override void Try(byte[] input, Behaviour behaviour)
    {
        var text = Text(input);
        try
        {
            if (YamlText.Parse(text, file) is { } root) Look(root, "", behaviour);
            Try(text, behaviour);
        }
        catch (QuernException error)
        {
            Declared(error, behaviour, "");
        }
    }

    /// <summary>Tries a text that is YAML.</summary>
    protected abstract void Try(string text, Behaviour behaviour);

    /// <summary>A warning, whatever names are in it.</summary>
    protected static void Warned(Behaviour behaviour, string code, string text)
    {
        // The place in front of it.
        var begin = text.IndexOf(": ", StringComparison.Ordinal);
        behaviour.Add("warned " + code, Behaviour.Sentence(text[(begin + 1)..]));
    }

    static void Look(YamlNode node, string key, Behaviour behaviour)
    {
        switch (node)
        {
            case YamlMap map:
                behaviour.Add("map", key, map.Entries.Count == 0 ? "empty" : "");
                foreach (var (name, value) in map.Entries)
                {
                    behaviour.Add("entry", key, Known(name));
                    behaviour.Add(Kind(value), key, Known(name));
                    Look(value, Known(name), behaviour);
                }
                break;
            case YamlList list:
                behaviour.Add("list", key);
                foreach (var item in list.Items)
                {
                    behaviour.Add(Kind(item), key, "-");
                    Look(item, key + "-", behaviour);
                }
                break;
        }
    }

    static string Known(YamlScalar key) => YamlTokens.Keys.Contains(key.Text) ? key.Text : Kind(key);

    static string Kind(YamlNode node) => node switch
    {
        YamlMap => "map",
        YamlList => "list",
        YamlScalar { Text: var text } when Quern.Jinja.Template.HasMarks(text) => "template",
        _ => node.Value() is { } value ? value is string { Length: 0 } ? "blank" : Value.TypeName(value) : "null",
    };
}
