using Quern.Arrow;
using Quern.Duck;
using Quern.Files;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>Hands the grains of a store on to other tools.</summary>
static class StoreExport
{
    const int BufferBytes = 1 << 16;

    /// <summary>Writes each grain to a file <c>GRAIN.arrow</c>, and removes what else there was in the folder.</summary>
    /// <param name="files">The store.</param>
    /// <param name="folder">Absolute path of the folder, which is replaced whole; it is new, empty, or holds Arrow files only.</param>
    /// <param name="options">How files are written.</param>
    /// <param name="cancel">Ends it; the folder stays as it was.</param>
    /// <returns>Rows of each grain.</returns>
    /// <exception cref="QuernException">QN7508 the folder holds something else; QN7506 the store is damaged; QN8001 to QN8009 it cannot be
    /// written.</exception>
    public static IReadOnlyList<long> Arrow(RollupFiles files, string folder, ArrowOptions options, CancellationToken cancel = default)
    {
        if (Foreign(folder) is { } found) throw StoreFaults.NotAnExport(folder, found);
        using var use = files.Use();
        using var output = AtomicFolder.Create(folder);
        var names = new FileNames();
        var rows = new List<long>();
        foreach (var grain in files.Grains)
        {
            var path = output.NewFile(names.New("", grain.Name, ".arrow").TrimStart('/'));
            try
            {
                using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
                rows.Add(Write(grain, stream, options, cancel));
            }
            catch (IOException e)
            {
                throw OutputFaults.Unwritable(e, folder);
            }
            if (rows[^1] != grain.Rows) throw StoreFaults.OtherCount(grain.Name, rows[^1], grain.Rows);
        }
        output.Commit();
        return rows;
    }

    /// <summary>Writes each grain to a table of its name in a DuckDB database, which is replaced whole.</summary>
    /// <param name="files">The store.</param>
    /// <param name="path">Absolute path of the database.</param>
    /// <param name="database">An engine that does the work.</param>
    /// <param name="cancel">Ends it; the database stays as it was.</param>
    /// <returns>Rows of each grain.</returns>
    /// <exception cref="QuernException">QN7506 the store is damaged; QN8001 to QN8009 it cannot be written.</exception>
    public static IReadOnlyList<long> DuckDb(RollupFiles files, string path, DuckDatabase database, CancellationToken cancel = default)
    {
        using var use = files.Use();
        using var output = AtomicFile.Create(path);
        using var session = database.Connect();
        session.Register(new RollupFunction("/", maxThreads: 1));
        session.Execute($"attach {Sql.Text(output.TempPath)} as quern_export", cancel);
        var rows = new List<long>();
        try
        {
            foreach (var grain in files.Grains)
            {
                var from = $"quern_rollup({Sql.Text(files.Folder)}, {Sql.Text(grain.Name)})";
                session.Execute($"create table quern_export.{Sql.Name(grain.Name)} as from {from}", cancel);
                rows.Add(session.Scalar<long>($"select count(*) from quern_export.{Sql.Name(grain.Name)}", cancel));
                if (rows[^1] != grain.Rows) throw StoreFaults.OtherCount(grain.Name, rows[^1], grain.Rows);
            }
        }
        finally
        {
            session.Execute("detach quern_export", CancellationToken.None);
        }
        output.Commit();
        return rows;
    }

    static long Write(StoredGrain grain, Stream stream, ArrowOptions options, CancellationToken cancel)
    {
        var columns = new GrainColumns(grain);
        using var buffer = new ChunkBuffer(columns.Schema);
        using var writer = new ArrowWriter(stream, columns.Schema, options);
        using var reader = new GrainPass.Reader(new(grain, [.. Enumerable.Range(0, columns.Schema.Count).Select(c => columns[c])]));
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            buffer.Clear();
            reader.Fill(buffer.Writer);
            if (buffer.Writer.Rows == 0) return writer.Complete();
            writer.Write(buffer.Read());
        }
    }

    static string? Foreign(string folder) =>
        FileStat.TryRead(folder) is { Kind: FileKind.Folder }
            ? Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)
                .FirstOrDefault(name => !name.EndsWith(".arrow", StringComparison.Ordinal))
            : null;
}
