using Quern.Duck;
using Quern.Projects.Nodes;

namespace Quern.Models;

/// <summary>What artifacts say of a node that failed.</summary>
static class NodeMessage
{
    const string Compilation = "Compilation Error", Runtime = "Runtime Error";

    /// <summary>A headline with the node and its file, then the fault, indented. Errors of templates bring the headline along.</summary>
    public static string Of(Resource node, Fault fault)
    {
        if (fault.What.StartsWith(Compilation, StringComparison.Ordinal) || fault.What.StartsWith(Runtime, StringComparison.Ordinal))
            return fault.What;
        var lines = new List<string> { fault.What };
        if (fault is DuckFault)
        {
            lines.AddRange(fault.Try);
            if (fault.Where is { } place) lines.AddRange(place.Split('\n').Skip(1));
        }
        else if (IsOfFiles(fault))
        {
            lines[0] = $"{fault.Code}: {fault.What}";
            if (fault.Value is { } value) lines.Add("value   " + value);
            if (fault.Wanted is { } wanted) lines.Add("wanted  " + wanted);
        }
        else
        {
            foreach (var part in new[] { fault.Value, fault.Wanted })
                if (part is not null) lines.AddRange(part.Split('\n'));
        }
        var title = fault is DuckFault || IsOfFiles(fault) ? Runtime : Compilation;
        return $"{title} in {node.Kind.Name()} {node.Name} ({node.File})\n{string.Join('\n', lines.Select(l => "  " + l))}";
    }

    /// <summary>What is wrong is in a file that the node reads, not in the node.</summary>
    static bool IsOfFiles(Fault fault) =>
        fault.Code.StartsWith("QN2", StringComparison.Ordinal) || fault.Code.StartsWith("QN3", StringComparison.Ordinal);
}
