using Quern.Files;

namespace Quern.Tests.Files;

/// <summary>bash expands the same patterns over the same tree. It does not enter links, so the tree has none.</summary>
public sealed class GlobsAgainstBashTests : IDisposable
{
    const int Seed = 20251001;

    static readonly string[] NameParts = ["a", "b", "ab", "c1", "c2", ".h", "x-y", "é", "a b"];

    static readonly string[] PatternParts =
    [
        "*", "?", "a", "b", "c", "[ab]", "[!a]", "[a-c]", "{a,c}", "{b,{x-,c}}", "1", "**", "/", "/**/", ".", "[]a]",
        "é", " ", "??",
    ];

    readonly ScratchFolder _scratch = new();
    readonly Random _random = new(Seed);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Finds_what_bash_finds()
    {
        for (var i = 0; i < 120; i++)
        {
            var path = string.Join('/', Several(1, 3, () => Pick(NameParts) + Pick(NameParts)));
            if (!Directory.Exists(_scratch[path]) && !HasFileAbove(path)) _scratch.Write(path);
        }
        var patterns = Several(400, 400, () => string.Concat(Several(1, 5, () => Pick(PatternParts))).Trim('/'))
            .Where(IsFit)
            .Distinct()
            .ToList();
        var expected = Bash(patterns);
        Assert.True(expected.Count(e => e.Length > 0) > 60, "too few patterns match anything");
        for (var i = 0; i < patterns.Count; i++)
        {
            var found = Find(patterns[i]);
            Assert.True(expected[i].SequenceEqual(found),
                $"{patterns[i]}:\nbash  {string.Join(' ', expected[i])}\nfound {string.Join(' ', found)}");
        }
    }

    /// <summary>Globs that both sides take for the same: a segment with a leading dot also means . and .. in bash.</summary>
    static bool IsFit(string pattern) => GlobPattern.IsGlob(pattern)
        && !pattern.Contains("//", StringComparison.Ordinal)
        && !pattern.Split('/').Any(s => s.StartsWith('.'));

    IEnumerable<string> Find(string pattern)
    {
        try
        {
            return InputFiles.Find(_scratch.Path, [pattern]).Select(f => f.Name);
        }
        catch (QuernException e) when (e.Fault.Code == "QN2002")
        {
            return [];
        }
    }

    /// <summary>The files, in ordinal order and once, that bash expands each pattern to.</summary>
    List<string[]> Bash(IEnumerable<string> patterns)
    {
        const string script = """
            shopt -s globstar nullglob
            IFS=
            while read -r pattern; do
                eval "set -- ${pattern// /\\ }"
                for found; do [ -f "$found" ] && printf '%s\n' "$found"; done
                echo =
            done
            """;
        var blocks = _scratch.Bash(script, string.Concat(patterns.Select(p => p + "\n"))).Split("=\n");
        return [.. blocks[..^1].Select(Lines)];

        static string[] Lines(string block) =>
            [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)];
    }

    bool HasFileAbove(string path)
    {
        for (var p = path; p.Length > 0; p = Path.GetDirectoryName(p)!)
        {
            if (File.Exists(_scratch[p])) return true;
        }
        return false;
    }

    List<string> Several(int least, int most, Func<string> make)
    {
        var count = _random.Next(least, most + 1);
        return [.. Enumerable.Range(0, count).Select(_ => make())];
    }

    string Pick(string[] parts) => parts[_random.Next(parts.Length)];
}
