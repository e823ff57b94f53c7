using System.Globalization;
using System.Text.RegularExpressions;

namespace Quern.Projects.Selection;

/// <summary>What a selection is made of: one criterion, or a combination of selections.</summary>
abstract record Selection;

/// <summary>How selections are combined.</summary>
enum Combining
{
    Union,
    Intersection,

    /// <summary>The first without all others.</summary>
    Difference,
}

/// <summary>Selections put together.</summary>
/// <param name="How">By which operation.</param>
/// <param name="Parts">Of which selections; none select nothing.</param>
/// <param name="Indirect">When tests of an intersection or union join once more, now that it is whole.</param>
/// <param name="Raw">As the user wrote it, when a warning is due if it selects nothing; null when none is.</param>
sealed record Combination(Combining How, IReadOnlyList<Selection> Parts,
    IndirectSelection Indirect = IndirectSelection.Eager, string? Raw = null)
    : Selection;

/// <summary>One criterion: <c>2+tag:nightly+</c>.</summary>
/// <param name="Raw">As the user wrote it.</param>
/// <param name="Method">Name of the method: <c>tag</c>.</param>
/// <param name="Arguments">What follows the method's name behind dots: <c>materialized</c> of <c>config.materialized</c>.</param>
/// <param name="Value">What is looked for; of selectors.yml it may be a number, true or false.</param>
/// <param name="Indirect">When tests join.</param>
sealed partial record Criterion(string Raw, string Method, IReadOnlyList<string> Arguments, object? Value,
    IndirectSelection Indirect) : Selection
{
    static readonly string[] FileEndings = [".sql", ".py", ".csv"];

    /// <summary>Whether ancestors come along.</summary>
    public bool Parents { get; init; }

    /// <summary>How far; null for all.</summary>
    public int? ParentsDepth { get; init; }

    /// <summary>Whether descendants come along.</summary>
    public bool Children { get; init; }

    /// <summary>How far; null for all.</summary>
    public int? ChildrenDepth { get; init; }

    /// <summary>Whether descendants and all ancestors of those come along: <c>@</c>.</summary>
    public bool ChildrensParents { get; init; }

    /// <summary>The value as text.</summary>
    public string Text => Jinja.Values.PythonText.Of(Value);

    /// <summary>Reads <c>+tag:x+1</c>.</summary>
    /// <exception cref="QuernException">QN7150 or QN7151.</exception>
    public static Criterion Parse(string raw, IndirectSelection indirect)
    {
        if (Plain(raw, indirect) is { } plain) return plain;
        var match = Shape().Match(raw);
        if (!match.Success) throw SelectionFaults.BadCriterion(raw, "METHOD:VALUE with + or @ around it");
        var (method, arguments) = match.Groups["method"] is { Success: true, Value: var name }
            ? MethodOf(name, raw)
            : (Implicit(match.Groups["value"].Value), []);
        return new Criterion(raw, method, arguments, match.Groups["value"].Value, indirect)
        {
            Parents = match.Groups["parents"].Success,
            ParentsDepth = Depth(match.Groups["parentsDepth"].Value, raw),
            Children = match.Groups["children"].Success,
            ChildrenDepth = Depth(match.Groups["childrenDepth"].Value, raw),
            ChildrensParents = match.Groups["around"].Success,
        }.Checked();
    }

    // With nothing around it, as most are. Not by the expression, whose engine takes a while to get ready.
    static Criterion? Plain(string raw, IndirectSelection indirect)
    {
        var colon = raw.IndexOf(':', StringComparison.Ordinal);
        if (colon == 0) return null;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] is '@' or '+' or '\n') return null;
            if (i < colon && !char.IsAsciiLetterOrDigit(raw[i]) && raw[i] is not ('_' or '.')) return null;
        }
        if (colon < 0) return new Criterion(raw, Implicit(raw), [], raw, indirect);
        var (method, arguments) = MethodOf(raw[..colon], raw);
        return new Criterion(raw, method, arguments, raw[(colon + 1)..], indirect);
    }

    /// <summary>The same when it makes sense.</summary>
    /// <exception cref="QuernException">QN7150: <c>@</c> and a plus behind.</exception>
    public Criterion Checked() => ChildrensParents && Children
        ? throw SelectionFaults.BadCriterion(Raw, "either @ before or + behind: @ has the descendants already")
        : this;

    /// <summary>Name and arguments of <c>config.materialized</c>.</summary>
    /// <exception cref="QuernException">QN7151.</exception>
    public static (string Method, IReadOnlyList<string> Arguments) MethodOf(string text, string raw)
    {
        var parts = text.Split('.');
        return Methods.Names.Contains(parts[0]) ? (parts[0], parts[1..]) : throw SelectionFaults.NoMethod(parts[0], raw);
    }

    /// <summary>The method of a value without one: a path, a file, else a name.</summary>
    static string Implicit(string value) =>
        value.Contains('/', StringComparison.Ordinal) ? "path"
        : Array.Exists(FileEndings, ending => value.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? "file"
        : "fqn";

    static int? Depth(string digits, string raw) =>
        digits.Length == 0 ? null
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth
        : throw SelectionFaults.BadCriterion(raw, "a smaller number of steps");

    [GeneratedRegex(
        @"\A(?<around>@)?(?<parents>(?<parentsDepth>[0-9]*)\+)?((?<method>[\w.]+):)?(?<value>.*?)(?<children>\+(?<childrenDepth>[0-9]*))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
