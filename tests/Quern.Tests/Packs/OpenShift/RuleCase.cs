using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>
/// A rule of the specification, pinned from both sides: some small reports and the rows that follow from them by hand, and
/// edits of the pack that turn the rule off and must change these rows. An edit names a text that stands exactly once in its
/// file, so that a case breaks, and is looked at, when the pack moves on.
/// </summary>
sealed class RuleCase : IDisposable
{
    readonly ScratchFolder _packs = new();
    IReadOnlyList<string> _lines = [];
    string _shown = "";
    int _edits;

    public Reports Reports { get; } = new();

    /// <summary>Checks the rows that the pack gives.</summary>
    public void Gives(params string[] lines) => Check("", lines);

    /// <summary>Checks only the storage rows, where what the pods come to is not the point.</summary>
    public void GivesVolumes(params string[] lines) => Check("volume ", lines);

    /// <summary>Checks that the rows are others with an edit, or that the run notices that rows are missing.</summary>
    /// <param name="file">File of the pack.</param>
    /// <param name="text">What stands there, exactly once.</param>
    /// <param name="instead">What the edit puts there.</param>
    public void NotWith(string file, string text, string instead)
    {
        var pack = _packs[$"pack-{_edits++}"];
        foreach (var path in Directory.EnumerateFiles(SummaryRun.ShippedPack, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(pack, Path.GetRelativePath(SummaryRun.ShippedPack, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        var edited = Path.Combine(pack, file);
        var parts = File.ReadAllText(edited).Split(text);
        Assert.True(parts.Length == 2, $"{file} holds {parts.Length - 1} times: {text}");
        File.WriteAllText(edited, string.Join(instead, parts));
        var result = (Reports.Run with { Pack = pack }).Try();
        if (result.Report.Error?.Code == "QN9007") return;
        if (result.Report.Cause is { } cause) Assert.Fail($"the edit breaks the pack, not the rule: {cause}");
        Assert.NotEqual(_lines, Shown(result));
    }

    void Check(string shown, string[] lines)
    {
        _shown = shown;
        _lines = Shown(Reports.Run.Make());
        Assert.Equal(lines, _lines);
    }

    List<string> Shown(SummaryResult result) =>
        [.. result.Lines.Where(l => l.StartsWith(_shown, StringComparison.Ordinal))];

    public void Dispose()
    {
        Reports.Dispose();
        _packs.Dispose();
    }
}
