using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Projects;

namespace Quern.Cli.Commands;

/// <summary><c>quern deps</c>.</summary>
sealed class DepsVerb : ProjectVerb
{
    readonly Option<string?> _add = ProjectOptions.Text("--add-package", "NAME", "not supported: an error");
    readonly Switch _lock = new("--lock", "not supported: an error", both: false);
    readonly Switch _upgrade = new("--upgrade", "not supported: an error", both: false);

    public override string Path => "deps";

    public override string Summary => "check that the packages of a project are there";

    public override string Memory => "constant: no data is read";

    public override string Help =>
        """
        Looks for each package that packages.yml and dependencies.yml list: local ones
        where they lie, others in dbt_packages. Nothing is ever downloaded: what is
        missing is named, with what to do.
          quern deps
        Exit code 0: all packages are there; 2: one is not.
        """;

    protected override IReadOnlyList<Option> Own => [_add, .. _lock.Options, .. _upgrade.Options];

    protected override void Work(ProjectWork work)
    {
        var refused = work.Context.Value(_add) is not null ? "--add-package" : _lock.Read(work.Context) is true ? "--lock"
            : _upgrade.Read(work.Context) is true ? "--upgrade" : null;
        if (refused is not null) throw NotDone(refused);
        var packages = PackageListing.Read(work.Asked);
        if (packages.Count == 0) work.Log.Say("No packages were found in packages.yml", name: "DepsNoPackagesFound");
        foreach (var package in packages.Where(p => p.Folder is not null))
        {
            work.Log.Say($"Found {package.Name}", name: "DepsStartPackageInstall");
            var version = package.Version is { Length: > 0 } given ? $", version {given}" : "";
            work.Log.Say($"  in {ProjectWork.Shown(package.Folder!, work.Asked.ProjectFolder)}{version}", name: "DepsInstallInfo");
        }
        var missing = packages.Where(p => p.Folder is null).ToList();
        if (missing.Count > 0) throw Missing(missing);
    }

    static QuernException Missing(List<ListedPackage> missing) => new(
        new Fault("QN7175", "packages that the project lists are not installed")
        {
            Where = "packages.yml",
            Value = string.Join(", ", missing.Select(p => p.Wanted is null ? p.Name : $"{p.Name} {p.Wanted}")),
            Wanted = "a folder with a dbt_project.yml for each of them",
            Try =
            [
                .. missing.Where(p => p.Kind == "git").Select(p => $"git clone {p.Name} dbt_packages/{p.Name.Split('/')[^1].Replace(".git", "", StringComparison.Ordinal)}"),
                .. missing.Where(p => p.Kind == "local").Select(p => $"correct the path {p.Name}"),
                "run `dbt deps` where there is a network, and copy dbt_packages/ here",
            ],
            ExitCode = ExitCode.Usage,
        });

    static QuernException NotDone(string option) => new(
        new Fault("QN1013", "this option of dbt is not supported, as nothing is downloaded")
        {
            Where = option,
            Try = ["leave it out", "write packages.yml by hand, and put the packages into dbt_packages/"],
            ExitCode = ExitCode.Usage,
        });
}
