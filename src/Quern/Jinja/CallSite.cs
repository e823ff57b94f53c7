using Quern.Jinja.Tree;

namespace Quern.Jinja;

/// <summary>A call as it stands in a template, found without running it.</summary>
/// <param name="Name">What is called, with dots: <c>ref</c>, <c>adapter.dispatch</c>.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public sealed record CallSite(string Name, int Line, int Column)
{
    /// <summary>The values by position that are written out; null ends where one is computed or unpacked.</summary>
    public required IReadOnlyList<Constant> Positional { get; init; }

    /// <summary>The values by name.</summary>
    public required IReadOnlyDictionary<string, Constant> Named { get; init; }

    /// <summary>Whether <c>*</c> or <c>**</c> may add arguments that cannot be seen.</summary>
    public bool HasUnpacking { get; init; }

    internal static IReadOnlyList<CallSite> Find(Node root, Source source)
    {
        var sites = new List<CallSite>();
        foreach (var node in root.Walk())
        {
            if (node is not Call call || call.CalleeName(out var name) is not { } start) continue;
            var (line, column) = source.Position(start.At);
            var named = new Dictionary<string, Constant>();
            foreach (var (key, value) in call.Arguments.Named) named[key] = Constant.Of(value);
            sites.Add(new CallSite(name, line, column)
            {
                Positional = [.. call.Arguments.Positional.Select(Constant.Of)],
                Named = named,
                HasUnpacking = call.Arguments.HasUnpacking,
            });
        }

        return sites;
    }
}
