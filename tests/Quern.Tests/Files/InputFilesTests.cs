using Quern.Files;

namespace Quern.Tests.Files;

public sealed class InputFilesTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Takes_a_file_by_its_name()
    {
        _scratch.Write("data/a.csv", "x\n1\n");
        File.SetLastWriteTimeUtc(_scratch["data/a.csv"], new DateTime(2025, 10, 1, 12, 30, 0, DateTimeKind.Utc));
        var file = Assert.Single(InputFiles.Find(_scratch.Path, ["data/a.csv"]));
        Assert.Equal((_scratch["data/a.csv"], "data/a.csv", 4L), (file.Path, file.Name, file.SizeBytes));
        Assert.Equal(new DateTimeOffset(2025, 10, 1, 12, 30, 0, TimeSpan.Zero), file.Modified);
    }

    [Fact]
    public void Takes_a_folder_with_all_below_it_in_ordinal_order()
    {
        Write("d/b.csv", "d/B.csv", "d/a/z.csv", "d/a-1.csv", "d/a.csv", "e/other.csv");
        Assert.Equal(["d/B.csv", "d/a-1.csv", "d/a.csv", "d/a/z.csv", "d/b.csv"], Find("d"));
        Assert.Equal(Find("d"), Find("d/"));
        Assert.Equal(Find("d"), Find("./e/../d"));
    }

    [Fact]
    public void Holds_folders_but_not_names_and_globs_to_the_endings()
    {
        Write("d/a.csv", "d/b.CSV.gz", "d/readme.md");
        Assert.Equal(["d/a.csv", "d/b.CSV.gz"], Names(InputFiles.Find(_scratch.Path, ["d"], [".csv", ".csv.gz"])));
        Assert.Equal(["d/readme.md"], Names(InputFiles.Find(_scratch.Path, ["d/readme.md"], [".csv"])));
        Assert.Equal(["d/readme.md"], Names(InputFiles.Find(_scratch.Path, ["d/r*"], [".csv"])));
    }

    [Fact]
    public void Shows_files_outside_the_base_directory_with_their_whole_path()
    {
        Write("d/a.csv", "base/b.csv");
        var files = InputFiles.Find(_scratch["base"], ["../d", "b.csv"]);
        Assert.Equal([_scratch["base/b.csv"], _scratch["d/a.csv"]], files.Select(f => f.Path));
        Assert.Equal(["b.csv", _scratch["d/a.csv"]], files.Select(f => f.Name));
    }

    [Fact]
    public void Takes_a_file_named_twice_once()
    {
        Write("d/a.csv", "d/b.csv");
        File.CreateSymbolicLink(_scratch["d/z.csv"], "a.csv");
        File.CreateSymbolicLink(_scratch["link"], "d");
        Assert.Equal(["d/a.csv", "d/b.csv"], Find("d", "d/*.csv", "link", "link/z.csv", _scratch["d/a.csv"]));
        Assert.Equal(["link/z.csv"], Find("link/z.csv"));
    }

    [Fact]
    public void Follows_links_to_folders_and_survives_their_cycles()
    {
        Write("d/a.csv", "far/b.csv");
        File.CreateSymbolicLink(_scratch["d/far"], "../far");
        File.CreateSymbolicLink(_scratch["far/back"], "../d");
        File.CreateSymbolicLink(_scratch["d/self"], ".");
        Assert.Equal(["d/a.csv", "d/far/b.csv"], Find("d"));
        Assert.Equal(["d/a.csv", "d/far/b.csv"], Find("d/**/*.csv"));
    }

    [Fact]
    public void Passes_over_hidden_names_and_unfinished_outputs()
    {
        Write("d/a.csv", "d/.b.csv", "d/.git/c.csv", "d/a.csv.123-1.quern-tmp", "d/e.123-7.old.quern-tmp/f.csv",
            ".hidden/g.csv");
        Assert.Equal(["d/a.csv"], Find("d"));
        Assert.Equal(["d/a.csv"], Find("d/*"));
        Assert.Equal(["d/.b.csv", "d/.git/c.csv"], Find("d/.b.csv", "d/.g*/*"));
        Assert.Equal([".hidden/g.csv"], Find(".hidden"));
    }

    [Fact]
    public void Takes_an_existing_name_as_it_is_whatever_characters_it_has()
    {
        Write("d/a[1].csv", "d/a1.csv", "d/{x,y}.csv", "d/x.csv");
        Assert.Equal(["d/a[1].csv"], Find("d/a[1].csv"));
        Assert.Equal(["d/{x,y}.csv"], Find("d/{x,y}.csv"));
        Assert.Equal(["d/a1.csv"], Find("d/a[12].csv"));
        Assert.Equal(["d/a[1].csv"], Find("d/a\\[*"));
    }

    [Fact]
    public void Takes_alternatives_that_exist_folders_too()
    {
        Write("2024/a.csv", "2025/b.csv", "2026/c.csv");
        Assert.Equal(["2024/a.csv", "2026/c.csv"], Find("{2024,2026,2027}"));
        Assert.Equal(["2024/a.csv", "2025/b.csv"], Find("202{4/*,5/b}*"));
        Assert.Equal(["2024/a.csv", "2025/b.csv", "2026/c.csv"], Find("20*/"));
    }

    [Fact]
    public void Reads_partitions_from_the_path()
    {
        Write("lake/source=a%2Fb/year=2025/month=01/p.csv", "lake/source=a%2Fb/year=__HIVE_DEFAULT_PARTITION__/q=.csv");
        var files = InputFiles.Find(_scratch["lake/source=a%2Fb"], ["."]);
        Assert.Equal([("source", "a/b"), ("year", "2025"), ("month", "01")],
            files[0].Partitions.Select(p => (p.Key, p.Value)));
        Assert.Equal([("source", "a/b"), ("year", null)], files[1].Partitions.Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public void Says_what_is_there_when_a_name_is_not()
    {
        Write("data/orders.csv", "data/items.csv");
        Assert.Equal("error QN2001: no such file or folder\n" +
            "  where   data/ordres.csv (data holds items.csv, orders.csv)\n" +
            "  try     data/orders.csv, the nearest name there", Fails("data/ordres.csv"));
        Assert.Equal("error QN2001: no such file or folder\n" +
            "  where   date/2025/orders.csv (BASE holds data)\n" +
            "  try     data, the nearest name there", Fails("date/2025/orders.csv"));
        Assert.Equal("error QN2001: no such file or folder\n" +
            "  where   data/items.csv/x (data holds items.csv, orders.csv)\n" +
            "  try     data/items.csv, the nearest name there", Fails("data/items.csv/x"));
        Assert.Equal(ExitCode.Usage, ScratchFolder.FaultOf(() => Find("nowhere")).ExitCode);
        Assert.Equal("error QN2001: an input is empty text\n" +
            "  try     name a file, a folder or a glob; . is the folder itself", Fails(""));
    }

    [Fact]
    public void Says_what_is_there_when_a_glob_matches_nothing()
    {
        Write("data/a.csv", "data/b.csv", "data/c.csv", "data/d.csv", "data/e.csv", "data/2025/x.csv");
        Assert.Equal("error QN2002: no file matches\n" +
            "  where   data, which holds 2025, a.csv, b.csv and 3 more\n" +
            "  value   \"data/*.parquet\"\n" +
            "  try     ls BASE/data", Fails("data/*.parquet"));
        Assert.Equal("error QN2002: no file matches\n" +
            "  where   data, which holds 2025, a.csv, b.csv and 3 more\n" +
            "  value   \"data/20*\"\n" +
            "  try     data/20*/ takes the files in the folder of that name", Fails("data/20*"));
        Assert.Equal("error QN2002: no file matches\n" +
            "  where   dat does not exist (BASE holds data)\n" +
            "  value   \"dat/*.csv\"\n" +
            "  try     data, the nearest name there", Fails("dat/*.csv"));
    }

    [Fact]
    public void Says_that_a_folder_has_no_file_to_read()
    {
        Write("d/readme.md");
        var fault = ScratchFolder.FaultOf(() => InputFiles.Find(_scratch.Path, ["d"], [".csv", ".csv.gz"]));
        Assert.Equal("error QN2003: no file to read in the folder\n" +
            "  where   d holds readme.md\n" +
            "  wanted  a name that ends in .csv or .csv.gz\n" +
            "  try     d/**/* takes every file, whatever its name", _scratch.Text(fault));
        Directory.CreateDirectory(_scratch["empty"]);
        Assert.Equal("error QN2003: no file to read in the folder\n  where   empty is empty", Fails("empty"));
    }

    [Fact]
    public void Names_what_may_not_be_read()
    {
        Write("d/a.csv", "closed/b.csv");
        File.SetUnixFileMode(_scratch.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_scratch["d/a.csv"], UnixFileMode.None);
        File.SetUnixFileMode(_scratch["closed"], UnixFileMode.None);
        Assert.Equal("error QN2004: permission denied\n  where   d/a.csv\n" +
            "  try     ls -ld BASE/d/a.csv\n          chmod +r BASE/d/a.csv", OtherUser.Run(() => Fails("d")));
        Assert.Equal("error QN2004: permission denied\n  where   closed\n" +
            "  try     ls -ld BASE/closed\n          chmod +r BASE/closed", OtherUser.Run(() => Fails("closed")));
        Assert.StartsWith("error QN2004: permission denied\n  where   closed/b.csv\n",
            OtherUser.Run(() => Fails("closed/b.csv")), StringComparison.Ordinal);
        File.SetUnixFileMode(_scratch["closed"],
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Refuses_what_cannot_be_read_twice()
    {
        _scratch.Bash("mkfifo pipe");
        Assert.Equal("error QN2005: not a file but a pipe, socket or device\n  where   pipe\n" +
            "  try     write it to a file first: inputs are read more than once", Fails("pipe"));
        Assert.StartsWith("error QN2005", Fails("p*"), StringComparison.Ordinal);
        Assert.StartsWith("error QN2005", Fails("/dev/null"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_link_that_leads_nowhere()
    {
        Write("d/a.csv");
        File.CreateSymbolicLink(_scratch["d/b.csv"], "gone.csv");
        var text = "error QN2006: a link to something that does not exist\n  where   d/b.csv -> gone.csv\n" +
            "  try     remove the link, or restore what it names";
        Assert.Equal(text, Fails("d/b.csv"));
        Assert.Equal(text, Fails("d"));
        Assert.Equal(["d/a.csv"], Find("d/a*"));
    }

    [Fact]
    public void Names_a_file_whose_name_is_not_text()
    {
        Write("d/a.csv");
        _scratch.Bash("touch d/$'M\\xfcller.csv'");
        Assert.Equal("error QN2008: a file name that is not UTF-8\n  where   d/M\uFFFDller.csv\n" +
            "  try     rename the file", Fails("d"));
        Assert.Equal(["d/a.csv"], Find("d/a*"));
        _scratch.Bash("rm -r d");
    }

    [Theory]
    [InlineData("d/[ab.csv", "\"[\" is never closed; write \\[ for the character itself")]
    [InlineData("d/{a,b.csv", "\"{\" is never closed; write \\{ for the character itself")]
    [InlineData("d/*\\", "\"\\\" at the end of a name escapes nothing")]
    [InlineData("d/[[:digit:]].csv", "classes such as [[:digit:]] are not understood; write a range such as [0-9]")]
    [InlineData("d/*/../a.csv", "\"..\" after a wildcard")]
    [InlineData("{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}", "more than 1024 alternatives")]
    public void Says_what_is_wrong_with_a_glob(string glob, string reason)
    {
        Assert.Equal($"error QN2007: this glob cannot be read\n  value   \"{glob}\"\n  wanted  {reason}", Fails(glob));
    }

    void Write(params string[] names)
    {
        foreach (var name in names) _scratch.Write(name, "x\n");
    }

    IEnumerable<string> Find(params string[] inputs) => Names(InputFiles.Find(_scratch.Path, inputs));

    static IEnumerable<string> Names(IEnumerable<InputFile> files) => files.Select(f => f.Name);

    string Fails(string input) => _scratch.Text(ScratchFolder.FaultOf(() => InputFiles.Find(_scratch.Path, [input])));
}
