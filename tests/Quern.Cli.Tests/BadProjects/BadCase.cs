using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.BadProjects;

/// <summary>A text case of <c>Cases/bad</c>: what is put into the small project, which command is run, and all that it says.</summary>
/// <remarks>The first line says what is wrong. Then blocks, each behind a line <c>=== word</c>: <c>file NAME</c> and <c>gone NAME</c> change the
/// project; <c>quern</c> is the command line; <c>exit N</c>, <c>stdout</c> and <c>stderr</c> are what is expected. HERE stands for the folder;
/// lines on standard output are without stamps, times are N.</remarks>
sealed class BadCase
{
    readonly List<(string Head, string Body)> _blocks = [];

    BadCase(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n').Skip(1))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal)) _blocks.Add((line[4..], ""));
            else _blocks[^1] = (_blocks[^1].Head, _blocks[^1].Body + line + "\n");
        }
    }

    /// <summary>Names of all cases.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(ExpectedStep.Case("bad")).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    /// <summary>The command line behind <c>quern</c>.</summary>
    public string Command => Body("quern").Trim();

    /// <summary>Exit code.</summary>
    public int Exit => int.Parse(_blocks.First(b => b.Head.StartsWith("exit ", StringComparison.Ordinal)).Head[5..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads a case.</summary>
    public static BadCase Read(string name) => new(File.ReadAllText(ExpectedStep.Case($"bad/{name}.case")));

    /// <summary>All that is expected, in one text.</summary>
    public string Expected => Text(Exit, Body("stdout"), Body("stderr"));

    /// <summary>What a process said, in one text.</summary>
    public static string Said(Ended ended)
    {
        var output = ended.Output.Length == 0 ? "" : string.Join('\n', ProjectDesk.Console(ended.Output)) + "\n";
        return Text(ended.Code, output, ended.Error).Replace(ended.Folder, "HERE", StringComparison.Ordinal);
    }

    /// <summary>Puts what is wrong into a project.</summary>
    public void Spoil(ProjectDesk desk)
    {
        foreach (var (head, body) in _blocks)
        {
            if (head.StartsWith("file ", StringComparison.Ordinal)) desk.Put(head[5..], body);
            if (head.StartsWith("gone ", StringComparison.Ordinal)) File.Delete(desk.Here.Path(head[5..]));
        }
    }

    string Body(string head) => _blocks.FirstOrDefault(b => b.Head == head).Body ?? "";

    static string Text(int exit, string output, string error) => $"=== exit {exit}\n=== stdout\n{output}=== stderr\n{error}";
}
