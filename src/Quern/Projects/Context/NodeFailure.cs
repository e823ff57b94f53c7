using Quern.Duck;
using Quern.Jinja;

namespace Quern.Projects.Context;

/// <summary>Errors of templates, told with the node, its file and the macros that led there.</summary>
static class NodeFailure
{
    const string UndefinedName = "QN7005";

    public static QuernException Of(QuernException error, Rendering rendering, NodeScope scope, string place)
    {
        var fault = error.Fault;
        if (fault.What.StartsWith("Compilation Error", StringComparison.Ordinal)
            || fault.What.StartsWith("Runtime Error", StringComparison.Ordinal))
        {
            return error;
        }

        var subject = scope.Node is { } node ? NodeScope.Describe(node) : place;
        var kind = fault is DuckFault ? "Runtime Error" : "Compilation Error";
        var value = (error.InnerException as QuernException ?? error).Fault.Value;
        var what = value is null || fault.Code.StartsWith("QN70", StringComparison.Ordinal) ? fault.What : $"{fault.What}: {value}";
        var message = $"{kind} in {subject}\n  {what.Replace("\n", "\n  ", StringComparison.Ordinal)}{Chain(rendering, subject)}";
        return new QuernException(
            fault with
            {
                What = message,
                Try = fault.Code == UndefinedName ? [.. Nearest(fault.What, scope), .. fault.Try] : fault.Try,
                ExitCode = scope.IsParsing ? ExitCode.Usage : fault.ExitCode,
            },
            error);
    }

    /// <summary>The macros that were open, the innermost first.</summary>
    static string Chain(Rendering rendering, string subject)
    {
        var macros = rendering.Trace.Where(t => t.Macro is not null).ToList();
        if (macros.Count == 0) return "";
        var shown = macros.Count <= 12 ? macros : [.. macros.Take(9), .. macros.TakeLast(2)];
        var lines = shown.Select((t, i) => $"\n  > {(i == 0 ? "in" : "called by")} macro {t.Macro} ({t.Path})");
        return $"\n{string.Concat(lines)}\n  > called by {subject}";
    }

    static string[] Nearest(string message, NodeScope scope)
    {
        var from = message.IndexOf('\'', StringComparison.Ordinal);
        var to = message.LastIndexOf('\'');
        if (from < 0 || to <= from) return [];
        from = message.LastIndexOf('\'', to - 1);
        return NearestName.Of(message[(from + 1)..to], scope.Templates.MacroNames()) is { } near
            ? [$"did you mean the macro '{near}'?"] : [];
    }
}
