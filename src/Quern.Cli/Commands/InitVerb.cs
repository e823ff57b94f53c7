using System.CommandLine;
using System.Text.RegularExpressions;
using Quern.Cli.Projects;

namespace Quern.Cli.Commands;

/// <summary><c>quern init</c>.</summary>
sealed partial class InitVerb : Verb
{
    readonly Argument<string> _name = new("NAME") { Description = "name of the project, and of its folder" };
    readonly Switch _skip = new("--skip-profile-setup", "write no profiles.yml", null, "-s", both: false);

    public override string Path => "init";

    public override string Summary => "begin a dbt project";

    public override string Memory => "constant: no data is read";

    public override string Help =>
        """
        Makes a folder with a small project that runs: settings, a profile with a
        database file in the folder, a seed, a model and its tests.
          quern init shop && cd shop && quern build
        A folder that is there and not empty is left alone.
        """;

    public override IReadOnlyList<Argument> Arguments => [_name];

    public override IReadOnlyList<Option> Options => [.. _skip.Options];

    public override ExitCode Execute(CommandContext context)
    {
        var name = context.Value(_name)!;
        if (!Name().IsMatch(name)) throw NoName(name);
        var folder = context.Path(name);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw Taken(folder);
        var files = Files(name, _skip.Read(context) is not true);
        if (context.Globals.Explain) return context.Explain(_ => files.Select(f => $"writes {System.IO.Path.Combine(name, f.Path)}"));
        return context.RunInLines(
            _ =>
            {
                foreach (var (path, text) in files)
                {
                    var full = System.IO.Path.Combine(folder, path);
                    Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
                    File.WriteAllText(full, text);
                }
                if (context.Globals.Quiet || context.Globals.Json) return;
                foreach (var (path, _) in files) context.Screen.Say($"made {System.IO.Path.Combine(name, path)}");
                context.Screen.Say($"next: cd {name} && quern build");
            },
            _ => false,
            () => null);
    }

    static List<(string Path, string Text)> Files(string name, bool withProfile)
    {
        List<(string Path, string Text)> files =
        [
            ("dbt_project.yml",
                $"""
                name: {name}
                version: "1.0.0"
                profile: {name}

                models:
                  {name}:
                    +materialized: table

                """),
            ("seeds/numbers.csv", "number,word\n1,one\n2,two\n3,three\n"),
            ("models/odd_numbers.sql", "select number, word\nfrom {{ ref('numbers') }}\nwhere number % 2 = 1\n"),
            ("models/schema.yml",
                """
                models:
                  - name: odd_numbers
                    description: Numbers that leave one when halved
                    columns:
                      - name: number
                        data_tests: [unique, not_null]

                """),
            (".gitignore", "target/\nlogs/\ndbt_packages/\n*.duckdb\n"),
        ];
        if (!withProfile) return files;
        files.Add(("profiles.yml",
            $"""
            {name}:
              target: dev
              outputs:
                dev:
                  type: duckdb
                  path: {name}.duckdb
                  threads: 4

            """));
        return files;
    }

    static QuernException NoName(string name) => new(new Fault("QN1005", "not a name of a project")
    {
        Where = "quern init",
        Value = $"\"{name}\"",
        Wanted = "letters, digits and underscores, a letter first",
        ExitCode = ExitCode.Usage,
    });

    static QuernException Taken(string folder) => new(new Fault("QN7305", "the folder of the new project is not empty")
    {
        Where = folder,
        Try = ["another name", "an empty folder"],
        ExitCode = ExitCode.Usage,
    });

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex Name();
}
