using System.Diagnostics;
using System.Text;
using Quern.Projects;
using Quern.Projects.Options;
using Quern.Projects.Selection;
using Quern.Tests.Files;
using Quern.Tests.Projects.Reading;

namespace Quern.Tests.Projects;

/// <summary>Files of a project that are not what they should be: each ends reading with a fault that names the file.</summary>
public sealed class OddFileTests : IDisposable
{
    readonly ProjectFolder _project = new ProjectFolder().Write("models/a.sql", "select 1 as id").Write("models/b.yml", "version: 2\n")
        .Write("macros/m.sql", "{% macro m() %}1{% endmacro %}").Write("models/d.md", "text\n").Write("packages.yml", "packages: []\n")
        .Write("quern.yml", "version: 1\n").Write("selectors.yml", "selectors: []\n").Write("seeds/s.csv", "a\n1\n");

    public static TheoryData<string> Texts =>
        ["dbt_project.yml", "profiles.yml", "packages.yml", "quern.yml", "selectors.yml", "models/a.sql", "models/b.yml", "models/d.md", "macros/m.sql"];

    public void Dispose() => _project.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_file_that_is_not_UTF8_is_refused_with_its_line_and_byte(string file)
    {
        Put(file, [.. Bytes(file), .. Encoding.Latin1.GetBytes("\n# é\n")]);
        var fault = Fault();
        Assert.Equal(("QN2013", "the file is not UTF-8", "byte 0xE9", ExitCode.Usage), (fault.Code, fault.What, fault.Value, fault.ExitCode));
        Assert.Equal($"{file} line {Bytes(file).Count(b => b == '\n')}", Short(fault.Where));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_file_in_UTF16_or_with_a_zero_byte_is_refused(string file)
    {
        var text = Encoding.UTF8.GetString(Bytes(file));
        Put(file, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]);
        Assert.Equal("QN2013 the file is UTF-16", $"{Fault().Code} {Fault().What}");
        Put(file, Encoding.UTF8.GetBytes("#\n\0" + text));
        Assert.Equal($"QN2013 {file} line 2", $"{Fault().Code} {Short(Fault().Where)}");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_byte_order_mark_is_passed_over(string file)
    {
        Put(file, [.. Encoding.UTF8.Preamble, .. Bytes(file)]);
        Read();
    }

    [Theory]
    [InlineData("models/a.sql")]
    [InlineData("models/b.yml")]
    [InlineData("macros/m.sql")]
    [InlineData("seeds/s.csv")]
    [InlineData("packages.yml")]
    public void A_pipe_is_refused_and_nobody_waits_for_it(string file)
    {
        File.Delete(Path.Combine(_project.Folder, file));
        using (var made = Process.Start("mkfifo", [Path.Combine(_project.Folder, file)])!) made.WaitForExit();
        Assert.Equal(("QN2005", file), (Fault().Code, Short(Fault().Where)));
    }

    [Theory]
    [InlineData("models/a.sql")]
    [InlineData("models/b.yml")]
    [InlineData("seeds/s.csv")]
    public void A_link_to_nothing_is_named(string file)
    {
        File.Delete(Path.Combine(_project.Folder, file));
        File.CreateSymbolicLink(Path.Combine(_project.Folder, file), "nowhere");
        Assert.Equal(("QN2006", $"{file} -> nowhere"), (Fault().Code, Short(Fault().Where)));
    }

    [Fact]
    public void Linked_folders_that_lead_back_are_not_followed()
    {
        Directory.CreateSymbolicLink(Path.Combine(_project.Folder, "models/self"), ".");
        Directory.CreateSymbolicLink(Path.Combine(_project.Folder, "models/again"), "../models");
        Directory.CreateDirectory(Path.Combine(_project.Folder, "models/x"));
        Directory.CreateSymbolicLink(Path.Combine(_project.Folder, "models/x/up"), "../../models");
        Directory.CreateDirectory(Path.Combine(_project.Folder, "models/folder.sql"));
        Assert.Equal(["model.shop.a", "seed.shop.s"], Read().Manifest.Nodes.Keys.Order());
    }

    [Fact]
    public void A_linked_folder_from_elsewhere_is_followed()
    {
        _project.Write("elsewhere/z.sql", "select 1 as id");
        Directory.CreateSymbolicLink(Path.Combine(_project.Folder, "models/more"), "../elsewhere");
        Assert.Contains("model.shop.z", Read().Manifest.Nodes.Keys);
    }

    [Fact]
    public void A_file_where_the_folder_of_artifacts_should_be_is_named()
    {
        _project.Write("target", "");
        var fault = Assert.Throws<QuernException>(() => Quern.Projects.Artifacts.ManifestFile.Write(Read())).Fault;
        Assert.Equal(("QN7316", "a file of this name is there"), (fault.Code, fault.Value));
    }

    [Fact]
    public void Cleaning_names_what_it_cannot_remove_and_removes_links_not_what_they_lead_to()
    {
        _project.Write("target", "").Write("kept/file", "");
        Directory.CreateSymbolicLink(Path.Combine(_project.Folder, "logs"), "kept");
        Assert.Equal("QN7315", Assert.Throws<QuernException>(() => ProjectCleaning.Remove(Path.Combine(_project.Folder, "target"))).Fault.Code);
        ProjectCleaning.Remove(Path.Combine(_project.Folder, "logs"));
        ProjectCleaning.Remove(Path.Combine(_project.Folder, "never"));
        Assert.True(File.Exists(Path.Combine(_project.Folder, "kept/file")));
        Assert.False(ProjectCleaning.Remains(Path.Combine(_project.Folder, "logs")));
    }

    [Fact]
    public void Cleaning_refuses_a_folder_that_a_link_puts_outside_of_the_project()
    {
        using var other = new ScratchFolder();
        other.Write("target/kept", "");
        _project.Write("dbt_project.yml", ProjectFolder.File + "clean-targets: [out/target]\n");
        var link = Path.Combine(_project.Folder, "out");
        Assert.Equal([$"{link}/target"], ProjectCleaning.Folders(_project.Invocation()));
        Directory.CreateSymbolicLink(link, other.Path);
        Assert.Equal("QN7304", Assert.Throws<QuernException>(() => ProjectCleaning.Folders(_project.Invocation())).Fault.Code);
    }

    LoadedProject Read()
    {
        QuernOptions.Read(_project.Folder);
        SelectorFile.Find(_project.Folder);
        return _project.Load();
    }

    Fault Fault() => Assert.Throws<QuernException>(() => Read()).Fault;

    string Short(string? place) => (place ?? "").Replace(_project.Folder + "/", "", StringComparison.Ordinal);

    byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(_project.Folder, file));

    void Put(string file, byte[] bytes) => File.WriteAllBytes(Path.Combine(_project.Folder, file), bytes);
}
