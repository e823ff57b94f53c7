using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quern.Cli.Tests.Shop;

/// <summary>A fresh directory with a copy of a project, in which its verbs are run with the real command.</summary>
sealed partial class ProjectDesk : IDisposable
{
    /// <summary>Copies a project; without one the directory is empty.</summary>
    /// <param name="project">Absolute path of its folder.</param>
    public ProjectDesk(string? project = null)
    {
        if (project is not null) Here.Bash($"cp -r '{project}/.' . && chmod -R u+w .").Is(ExitCode.Done);
    }

    /// <summary>The directory.</summary>
    public Workdir Here { get; } = new();

    /// <summary>A project with a profile, a seed and two models, to which tests add what is wrong.</summary>
    public static ProjectDesk Small() => new ProjectDesk()
        .Put("dbt_project.yml", "name: small\nversion: '1.0'\nprofile: small\n")
        .Put("profiles.yml", "small:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: small.duckdb\n")
        .Put("seeds/numbers.csv", "n\n1\n2\n3\n")
        .Put("models/kept.sql", "select n from {{ ref('numbers') }}")
        .Put("models/total.sql", "{{ config(materialized='table') }}\nselect sum(n)::bigint as total from {{ ref('kept') }}");

    /// <summary>Writes a file, with the folders it needs.</summary>
    public ProjectDesk Put(string name, string text)
    {
        var path = Here.Path(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Runs a verb with profiles.yml from the project's own folder.</summary>
    /// <param name="words">What follows <c>quern</c>, as a shell reads it.</param>
    /// <param name="variables">Environment variables: <c>NAME=value</c>.</param>
    public Ended Quern(string words, params IEnumerable<string> variables) =>
        Here.Bash($"{string.Join(' ', variables.Prepend("DBT_PROFILES_DIR=."))} \"$quern\" {words}");

    /// <summary>run_results.json of the last verb that wrote one.</summary>
    public JsonElement RunResults()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Here.Path("target/run_results.json")));
        return document.RootElement.Clone();
    }

    /// <summary>Opens a database of the project.</summary>
    public ProjectDatabase Open(string name) => new(Here.Path(name), Here.Folder);

    public void Dispose() => Here.Dispose();

    /// <summary>Lines of standard output without their stamps, times as N as the expectation has them.</summary>
    public static IReadOnlyList<string> Console(string output) =>
        [.. output.TrimEnd('\n').Split('\n').Select(l => Seconds().Replace(Stamp().Replace(l, ""), m => m.Groups[1].Value + "N" + m.Groups[2].Value).TrimEnd())];

    [GeneratedRegex(@"^\d\d:\d\d:\d\d(  |$)")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"( in |minutes and |\()\d+\.\d\d(s\]| seconds|s\))")]
    private static partial Regex Seconds();
}
