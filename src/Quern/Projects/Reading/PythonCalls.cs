using System.Globalization;
using System.Text.RegularExpressions;
using Quern.Projects.Context;
using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>What a model in Python says of itself, as far as its text shows it: calls of <c>dbt.ref</c>, <c>dbt.source</c> and
/// <c>dbt.config</c> with literals. Python is never run.</summary>
static partial class PythonCalls
{
    /// <summary>Reads a file.</summary>
    public static NodeCapture Read(string text)
    {
        var code = Comment().Replace(text, "");
        var capture = new CaptureList();
        foreach (Match call in Call().Matches(code))
        {
            var arguments = Argument().Matches(call.Groups["arguments"].Value).Select(a => (Name: a.Groups["name"].Value, Value: Literal(a.Groups["value"].Value))).ToList();
            var texts = arguments.Where(a => a.Name.Length == 0).Select(a => a.Value).OfType<string>().ToList();
            var version = arguments.Find(a => a.Name is "v" or "version").Value;
            switch (call.Groups["what"].Value)
            {
                case "ref" when texts.Count is 1 or 2:
                    capture.Add(new RefCall(texts.Count == 2 ? texts[0] : null, texts[^1], version));
                    break;
                case "source" when texts.Count == 2:
                    capture.Add(new SourceCall(texts[0], texts[1]));
                    break;
                case "config":
                    foreach (var (name, value) in arguments.Where(a => a.Name.Length > 0 && a.Value is not null)) capture.AddConfig(name, value);
                    break;
            }
        }
        return capture.Make("");
    }

    /// <summary>What is wrong with running such a model.</summary>
    public static QuernException NotRun(Node node) => new(new Fault("QN7185", "models in Python are not run")
    {
        Where = node.File,
        Value = node.Name,
        Wanted = "SQL: what reads this model is skipped, everything else runs",
        Try = ["write the model in SQL", $"build its table by other means and leave it out: --exclude {node.Name}", $"enabled: false for {node.Name}"],
    });

    static object? Literal(string text) => text switch
    {
        "True" => true,
        "False" => false,
        ['"' or '\'', .. var inner, _] => inner,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        ['[', .. var items, ']'] => Argument().Matches(items).Select(i => Literal(i.Groups["value"].Value)).ToList(),
        _ => null,
    };

    [GeneratedRegex(@"^\s*#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bdbt\s*\.\s*(?<what>ref|source|config)\s*\((?<arguments>(?:""[^""\n]*""|'[^'\n]*'|[^()""'])*)\)")]
    private static partial Regex Call();

    [GeneratedRegex(@"(?:(?<name>\w+)\s*=\s*)?(?<value>""[^""\n]*""|'[^'\n]*'|\[[^\]]*\]|[\w.+-]+)")]
    private static partial Regex Argument();
}
