using Quern.Duck;
using Quern.Files;
using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.External;

/// <summary>A query written to files, and a view over them (specification section 3.7).</summary>
/// <remarks>Files are written beside their place and renamed into it as a whole, before the view is made, which needs them there: a run that is
/// killed leaves the old files or the new. The old ones are kept until the transaction has ended, and come back when it fails.</remarks>
static class ExternalLanding
{
    /// <summary>Writes the files and makes the view.</summary>
    /// <exception cref="QuernException">QN7260 a format that is not known; QN80xx the place cannot be written; or as DuckDB says.</exception>
    public static Landed Land(Build build)
    {
        var format = new ExternalFormat(build);
        build.DropLeftovers();
        var rows = format.IsRemote ? Copy(build, format, format.Location) : Replace(build, format);
        var scan = format.Scan(format.IsRemote || IsAtHome(build) ? format.Location : Absolute(build, format));

        // What was written in place of no rows is no row.
        var filter = rows == 0 && NeedsRow(format) ? $" where {Sql.Name(build.QueryColumns()[0].Name)} is not null" : "";
        if (build.Existing is { Kind: RelationKind.Table } table) build.Session.Drop(table);
        build.Session.Execute($"create or replace view {build.Target.Render()} as (select * from {scan}{filter})");
        build.Session.Created(build.Target, RelationKind.View);
        Comments.Write(build, RelationKind.View);
        return new Landed(Landed.Ok, rows);
    }

    static long Replace(Build build, ExternalFormat format)
    {
        var path = Absolute(build, format);
        long rows;
        if (format.IsFolder)
        {
            using var folder = AtomicFolder.Create(path, format.Location);
            rows = Copy(build, format, folder.StagePath);
            FormerOutput.KeepFolder(build, path);
            folder.Commit();
            return rows;
        }
        using var file = AtomicFile.Create(path, format.Location);
        rows = Copy(build, format, file.TempPath);
        FormerOutput.KeepFile(build, path);
        file.Commit();
        return rows;
    }

    static long Copy(Build build, ExternalFormat format, string place)
    {
        var rows = build.Around("copy (", $") to {Sql.Text(place)} ({format.CopyOptions})");
        if (rows > 0 || !NeedsRow(format)) return rows;
        var nulls = build.QueryColumns().Select(c => $"cast(null as {c.Type}) as {Sql.Name(c.Name)}");
        var overwrite = format.IsFolder ? ", overwrite_or_ignore true" : "";
        build.Session.Execute($"copy (select {string.Join(", ", nulls)}) to {Sql.Text(place)} ({format.CopyOptions}{overwrite})");
        return 0;
    }

    /// <summary>Parquet knows its columns without a row; CSV and JSON do not, and folders are made of rows.</summary>
    static bool NeedsRow(ExternalFormat format) => format.IsFolder || format.Name != "parquet";

    /// <summary>Whether relative paths of the engine begin where those of the project do.</summary>
    static bool IsAtHome(Build build) =>
        FileStat.TryRead(".") is { } here && FileStat.TryRead(build.WorkingDirectory)?.Identity == here.Identity;

    static string Absolute(Build build, ExternalFormat format) => Path.GetFullPath(format.Location, build.WorkingDirectory);
}
