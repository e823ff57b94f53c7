using Quern.Files;
using Quern.Jinja.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Quern.Yaml;

/// <summary>Reads YAML as dbt does: one document, the types of YAML 1.1 (<see cref="YamlScalars"/>), merge keys, and of keys that come
/// twice the last.</summary>
public static class YamlText
{
    /// <summary>Levels of lists and mappings within each other.</summary>
    internal const int MaxDepth = 200;

    /// <summary>Nodes of a document with its aliases written out.</summary>
    internal const long MaxSize = 1_000_000;

    /// <summary>Reads a text into the values of templates: text, whole and real numbers, booleans, dates, null, lists and dicts.</summary>
    /// <param name="text">YAML; empty text is null.</param>
    /// <param name="place">What errors call it: a file, <c>--vars</c>.</param>
    /// <exception cref="QuernException">Exit code 2: QN7102 this is not YAML; QN7170 it is nested too deep, or grows too large.</exception>
    public static object? Read(string text, string place) => Parse(text, place)?.Value();

    /// <summary>Reads a text that must be a mapping; empty text is an empty one.</summary>
    /// <exception cref="QuernException">As <see cref="Read"/>, or QN7103: no mapping.</exception>
    public static Dict ReadMap(string text, string place) => ParseMap(text, place)?.Dict() ?? new Dict();

    /// <summary>Reads a file that must hold a mapping.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="QuernException">As <see cref="ReadMap"/>, or QN20xx: the file cannot be read.</exception>
    public static Dict ReadMapFile(string path, string place) => ReadMap(TextFile.Read(path, place), place);

    /// <summary>Reads a text into nodes with their places; null when there is nothing in it.</summary>
    internal static YamlNode? Parse(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\ufeff');
        try
        {
            return Build(text, place);
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            var error = (e as YamlException)?.InnerException as YamlException ?? e as YamlException;
            try
            {
                return Build(FlowIndent.Deepen(text), place);
            }
            catch (Exception again) when (again is YamlException or InvalidOperationException)
            {
                error ??= again as YamlException;
            }
            var what = error?.Message ?? "a bracket is not closed, or a value stands where none can";
            throw Wrong(text, place, error?.Start ?? Mark.Empty, what);
        }
    }

    // YamlDotNet forgets the place of a tab, and counts the line behind the last one.
    static QuernException Wrong(string text, string place, Mark at, string why)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var tab = Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t'));
        if (tab >= 0 && ((at.Line <= 1 && at.Column <= 1) || at.Line == tab || at.Line == tab + 1))
        {
            var column = lines[tab].IndexOf('\t', StringComparison.Ordinal) + 1;
            return NotYaml(place, new Mark(0, tab + 1, column), "a tab: lines are indented with blanks");
        }
        return NotYaml(place, at.Line > lines.Length ? new Mark(0, lines.Length, lines[^1].Length + 1) : at, why);
    }

    static YamlNode? Build(string text, string place)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _)) return null;
            var root = new YamlBuilder(parser, place).Node(0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second)) throw NotYaml(place, second.Start, "there is more than one document");
            return root is YamlScalar { Text: "" } empty && empty.Value() is null ? null : root;
        }
        catch (ArgumentException)
        {
            // YamlDotNet makes an address of a tag without looking.
            throw NotYaml(place, parser.Current?.End ?? Mark.Empty, "a tag (!...) is not one");
        }
    }

    /// <summary>Reads a text that must be a mapping into nodes; null when there is nothing in it.</summary>
    internal static YamlMap? ParseMap(string text, string place) => Parse(text, place) switch
    {
        null => null,
        YamlMap map => map,
        var other => throw new QuernException(new Fault("QN7103", "a project file is a mapping of keys to values")
        {
            Where = Place(place, other.Line, other.Column),
            ExitCode = ExitCode.Usage,
        }),
    };

    internal static string Place(string file, long line, long column) => FormattableString.Invariant($"{file} line {line}, column {column}");

    internal static QuernException NotYaml(string place, Mark at, string why)
    {
        // YamlDotNet puts its own places in front: "(Line: 2, Col: 1, Idx: 10) - (...): while parsing".
        var begin = why.StartsWith("(Line", StringComparison.Ordinal) ? why.LastIndexOf("): ", StringComparison.Ordinal) + 3 : 0;
        return new QuernException(new Fault("QN7102", "this is not YAML")
        {
            Where = Place(place, Math.Max(1, at.Line), Math.Max(1, at.Column)),
            Value = why[begin..].TrimEnd('.'),
            Try = ["check the indentation there and above, and put text with : # { [ or % in quotes"],
            ExitCode = ExitCode.Usage,
        });
    }
}
