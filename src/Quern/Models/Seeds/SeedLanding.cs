using System.Globalization;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.Seeds;

/// <summary>Loads a CSV file of the project into a table (specification section 3.5).</summary>
static class SeedLanding
{
    /// <summary>Fills the table that is there, or makes it.</summary>
    /// <exception cref="QuernException">QN7240 a view has the name; QN7241 the header is not that of the table; QN7242 it has no
    /// usable header; QN7214 the table has other rows than the file; QN3001 a value is none of its column's type; QN20xx, QN31xx the file
    /// cannot be read.</exception>
    public static Landed Land(Build build)
    {
        var path = Path.Combine(build.Node.PackageFolder, build.Node.File);
        var delimiter = build.Config.Text("delimiter") is { Length: > 0 } given ? given : ",";
        var file = SeedFile.Open(path, delimiter, build.Node.File);
        var seed = SeedColumns.Of(file);
        if (build.Existing is { } view && view.Kind != RelationKind.Table) throw IsView(build);
        var rebuilds = build.IsFullRefresh;
        if (build.Existing is null || rebuilds)
        {
            build.Session.Execute($"create or replace table {build.Target.Render()} ({Definition(build, file, seed)})");
            build.Session.Created(build.Target, RelationKind.Table);
            Indexes.Create(build);
        }
        else
        {
            Check(build, file);
            build.Session.Execute($"truncate {build.Target.Render()}");
        }
        var rows = seed.Rows == 0 ? 0 : SeedRows.Insert(file, seed, build.Session, build.Target);
        if (rows != seed.Rows) throw Lost(build, seed, rows);
        Comments.Write(build, RelationKind.Table);
        var code = rebuilds ? "CREATE" : "INSERT";
        return new Landed($"{code} {rows.ToString(CultureInfo.InvariantCulture)}", rows, code);
    }

    static QuernException Lost(Build build, SeedColumns seed, long rows) => new(
        new Fault("QN7214", $"the seed {build.Node.Name} has more or fewer records than were loaded; its table is as it was")
        {
            Where = build.Node.File,
            Value = string.Create(CultureInfo.InvariantCulture, $"{rows} records loaded"),
            Wanted = string.Create(CultureInfo.InvariantCulture, $"{seed.Rows}, as there were in the file"),
            Try = ["run again when the file is at rest", "see that nothing else writes into the table"],
        });

    static string Definition(Build build, SeedFile file, SeedColumns seed)
    {
        var given = build.Config["column_types"] as Dict;
        return string.Join(", ", file.Names.Select((n, i) => $"{Sql.Name(n)} {given?[n] as string ?? seed.Types[i]}"));
    }

    static void Check(Build build, SeedFile file)
    {
        var table = build.Session.Columns(build.Target).Select(c => c.Name).ToList();
        if (table.Count == file.Names.Count && !table.Except(file.Names, StringComparer.OrdinalIgnoreCase).Any()) return;
        throw new QuernException(new Fault("QN7241", $"the header of the seed {build.Node.Name} is not that of its table")
        {
            Where = build.Node.File,
            Value = string.Join(", ", file.Names),
            Wanted = string.Join(", ", table),
            Try = [$"seed --full-refresh --select {build.Node.Name}     makes the table anew"],
        });
    }

    static QuernException IsView(Build build) => new(new Fault("QN7240", $"the seed {build.Node.Name} cannot be loaded: a view has its name")
    {
        Where = build.Node.File,
        Value = build.Target.Render(),
        Try = ["drop the view, or give the seed another `alias`"],
    });
}
