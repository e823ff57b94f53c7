using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>
/// A rule of the specification, pinned from both sides: some small reports and the rows that follow from them by hand, and edits of
/// the pack that turn the rule off and must change these rows. An edit names a text that stands exactly once in its file, so
/// that a case breaks, and is looked at, when the pack moves on.
/// </summary>
sealed class RuleCase : IDisposable
{
    readonly ScratchFolder _packs = new();
    IReadOnlyList<string>? _lines;

    public Reports Reports { get; } = new();

    /// <summary>Checks the rows that the pack gives.</summary>
    public void Gives(params string[] lines)
    {
        _lines = Reports.Run.Make().Lines;
        Assert.Equal(lines, _lines);
    }

    /// <summary>Checks that the rows are others with an edit.</summary>
    /// <param name="file">File of the pack.</param>
    /// <param name="text">What stands there, exactly once.</param>
    /// <param name="instead">What the edit puts there.</param>
    public void NotWith(string file, string text, string instead)
    {
        var pack = _packs[Guid.NewGuid().ToString()];
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
        Assert.NotEqual(_lines, (Reports.Run with { Pack = pack }).Make().Lines);
    }

    public void Dispose()
    {
        Reports.Dispose();
        _packs.Dispose();
    }
}
