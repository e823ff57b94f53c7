using System.Text.RegularExpressions;

namespace Quern.Tests.House;

public sealed partial class TextTests
{
    /// <summary>Bytes that are looked at to tell text from other files.</summary>
    const int Look = 8192;

    [Fact]
    public void No_text_names_a_path_of_somebodys_machine() =>
        Repository.AssertNone(Found(MachinePath()), "these paths exist on one machine only");

    [Fact]
    public void No_text_names_the_host_of_a_package_registry() =>
        Repository.AssertNone(Found(RegistryHost()), "a build asks the registry that its machine is set up for");

    static IEnumerable<string> Found(Regex pattern) =>
        from path in Repository.Files
        where IsText(path)
        from line in Repository.Lines(path)
        from Match match in pattern.Matches(line.Text)
        select $"{path}:{line.Number}: {match.Value}";

    static bool IsText(string path)
    {
        using var stream = File.OpenRead(Repository.Absolute(path));
        var bytes = new byte[Look];
        return !bytes.AsSpan(0, stream.ReadAtLeast(bytes, Look, throwOnEndOfStream: false)).Contains((byte)0);
    }

    /// <summary>Below a home folder, root's, or the workplace of a build; /home/me and /home/you stand for anybody's.</summary>
    [GeneratedRegex(@"(?<![\w.}*-])/(?:home/(?!me\b|you\b)\w|root/|Users/|work/|workspace/|builds/)[\w./-]*|\b[A-Z]:\\\\?Users\b")]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"\b(?:registry|npm|nuget|pypi|crates|docker|artifactory|nexus|proxy)[\w-]*\.(?:[\w-]+\.)*(?:com|org|net|io|dev|internal|local|lan)\b"
        + @"|\b(?:api\.nuget|files\.pythonhosted|static\.crates|proxy\.golang|mcr\.microsoft|ghcr)\.(?:org|io|com)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();
}
