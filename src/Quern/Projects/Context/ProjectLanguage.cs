using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>The template language of projects: the blocks and filters they have beside those of Jinja.</summary>
static class ProjectLanguage
{
    public static TemplateEnvironment Make(UndefinedMode undefined)
    {
        var environment = new TemplateEnvironment { Undefined = undefined };
        environment.Add(new BlockTag("materialization") { MacroName = NameOfMaterialization });
        environment.Add(new BlockTag("test") { MacroName = header => "test_" + header.Name });
        environment.Add(new BlockTag("data_test") { MacroName = header => "test_" + header.Name });
        environment.Add(new BlockTag("snapshot"));
        environment.Add(new BlockTag("docs") { IsRaw = true });
        foreach (var name in Readers.Keys) environment.Add(name, (value, _) => value);
        environment.Add("is_list", (value, _) => value is List<object?>);
        return environment;
    }

    /// <summary>The language of values in YAML files, where the filters that read values do so.</summary>
    public static TemplateEnvironment MakeForValues()
    {
        var environment = Make(UndefinedMode.Stock);
        foreach (var (name, wanted) in Readers) environment.Add(name, (value, _) => Read(name, wanted, value));
        return environment;
    }

    /// <summary>The filters that read a text as a value, and the kind of value they want.</summary>
    static readonly Dictionary<string, string> Readers = new(StringComparer.Ordinal)
    {
        ["as_text"] = "text",
        ["as_bool"] = "true or false",
        ["as_number"] = "a number",
        ["as_native"] = "",
    };

    static object? Read(string filter, string wanted, object? value)
    {
        if (filter == "as_text") return PythonText.Of(value);
        var read = value is string text && TemplateEnvironment.TryReadLiteral(text, out var literal) ? literal : value;
        var fits = filter switch
        {
            "as_bool" => read is bool,
            "as_number" => read is long or double or System.Numerics.BigInteger,
            _ => true,
        };
        return fits ? read : throw new QuernException(new Fault("QN7134", $"{filter} cannot read the value")
        {
            Value = PythonText.Represent(value),
            Wanted = wanted,
        });
    }

    // {% materialization name, adapter='duckdb' %} or {% materialization name, default %}
    static string NameOfMaterialization(BlockHeader header)
    {
        var adapter = header.Options.TryGetValue("adapter", out var named) && named is string name ? name : "default";
        return $"materialization_{header.Name}_{adapter}";
    }
}
