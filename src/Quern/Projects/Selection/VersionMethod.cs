using System.Globalization;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Selects versioned models.</summary>
static class VersionMethod
{
    /// <summary>Models that are the latest version, older, newer, or of no version.</summary>
    public static Predicate<Resource> Of(Criterion criterion)
    {
        Predicate<Node> fits = criterion.Text switch
        {
            "latest" => n => n.Version is not null && Compare(n) == 0,
            "prerelease" => n => Compare(n) > 0,
            "old" => n => Compare(n) < 0,
            "none" => n => n.Version is null,
            _ => throw SelectionFaults.BadValue(criterion.Text, criterion.Raw, "latest, prerelease, old or none"),
        };
        return r => r is Node { Kind: ResourceKind.Model } node && fits(node);
    }

    // Versions are numbers where they look like numbers, else text.
    static int Compare(Node node)
    {
        if (node is not { Version: { } version, LatestVersion: { } latest }) return 0;
        var (mine, best) = (PythonText.Of(version), PythonText.Of(latest));
        return Number(mine) is { } a && Number(best) is { } b ? a.CompareTo(b) : string.CompareOrdinal(mine, best);
    }

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
