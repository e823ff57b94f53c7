using System.Globalization;
using System.Security.Cryptography;
using Quern.Chunks;
using Quern.Delivery.Folder;
using Quern.Delivery.Sqlite.Native;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Sqlite.Parts;

/// <summary>
/// A folder of SQLite databases with a table each, <c>TABLE_part_000.sqlite</c> and on, and a <c>manifest.json</c> that lists them:
/// the rows in their order, <see cref="SqliteOptions.MaxRows"/> in each file but the last. Replaced whole.
/// </summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="options">How it is written.</param>
sealed class SqliteFolder(string name, string path, SqliteOptions options) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "sqlite folder";

    /// <inheritdoc/>
    public override string Effect => Directory.Exists(Path) ? "replaces the folder" : "makes the folder";

    /// <inheritdoc/>
    public override void Check()
    {
        SqliteLibrary.Load();
        if (options.Mode is LoadMode.Append or LoadMode.Merge) throw ReplacedWhole();
        if (options.Mode == LoadMode.Create && Directory.Exists(Path)) throw SqliteFaults.Exists(Name, System.IO.Path.GetFileName(Path));
        AtomicFolder.Check(Path, Name);
        if (!Directory.Exists(Path)) return;
        var other = Directory.EnumerateFileSystemEntries(Path, "*").FirstOrDefault(f => !IsOurs(f));
        if (other is null) return;
        throw new QuernException(new Fault("QN1115", "the folder would be replaced, and holds other things than SQLite parts")
        {
            Where = Name,
            Value = System.IO.Path.GetFileName(other),
            Try = ["a folder of its own", $"ls {Name}"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <inheritdoc/>
    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        var folder = AtomicFolder.Create(Path, Name);
        try
        {
            var manifest = Fill(database, shipment, folder.StagePath, cancel);
            File.WriteAllBytes(System.IO.Path.Combine(folder.StagePath, PartsManifest.FileName), manifest.ToJson());
            return new StagedFolder(this, folder, manifest.Rows, manifest.Files.Sum(f => f.Bytes));
        }
        catch (SqliteException e)
        {
            folder.Dispose();
            throw SqliteFaults.Of(e, Path, Name, shipment.Table);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Writes the files into an empty folder, as many at a time as <see cref="SqliteOptions.Writers"/> says.</summary>
    /// <returns>What is there.</returns>
    internal PartsManifest Fill(DuckDatabase database, Shipment shipment, string folder, CancellationToken cancel)
    {
        using var session = database.Connect();
        var (table, select) = SqliteRows.Of(database, session, this, shipment, options);
        using var held = Write(database, () => HeldRows.Of(database, select, cancel));
        Confirm(shipment.Rows ?? held.Count, held.Count);
        // A table without rows is a file, too: it has columns.
        var parts = new PartFile[Math.Max(1, (held.Count + options.MaxRows - 1) / options.MaxRows)];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var workers = Enumerable.Range(0, (int)Math.Min(options.Writers, parts.Length)).Select(worker => Task.Factory.StartNew(
            () =>
            {
                for (var part = worker; part < parts.Length; part += options.Writers)
                    parts[part] = WritePart(database, held, table, folder, part, stop.Token);
            },
            stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Wait(workers, stop);
        var manifest = new PartsManifest(table, parts);
        Confirm(held.Count, manifest.Rows);
        return manifest;
    }

    PartFile WritePart(DuckDatabase database, HeldRows held, SqliteTable table, string folder, int part, CancellationToken cancel)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"{table.Name.Replace('/', '_')}_part_{part:000}.sqlite");
        var target = System.IO.Path.Combine(folder, file);
        var (from, to) = (part * options.MaxRows, Math.Min((part + 1) * options.MaxRows, held.Count));
        using var session = database.Connect();
        long confirmed;
        using (var writer = new SqliteWriter(target, $"{Name.TrimEnd('/')}/{file}", table))
        {
            using var rows = Write(database, () => held.Range(session, from, to, Sql.Names(table.Columns), cancel));
            while (Write(database, rows.Next) is { } chunk) writer.Write(chunk);
            confirmed = writer.Complete(cancel);
        }
        Confirm(to - from, confirmed);
        using var stream = File.OpenRead(target);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return new PartFile(file, confirmed, stream.Length, hash, Keys(database, session, held, table, from, to));
    }

    /// <summary>The least and the greatest of each column of the key, or of the first column.</summary>
    List<(string Column, string? Least, string? Greatest)> Keys(
        DuckDatabase database, DuckSession session, HeldRows held, SqliteTable table, long from, long to)
    {
        var columns = options.Key.Count > 0 ? options.Key : [table.Rows[0].Name];
        var sums = string.Join(", ", columns.Select(c => $"min({Sql.Name(c)})::varchar, max({Sql.Name(c)})::varchar"));
        using var rows = Write(database, () => held.Range(session, from, to, sums, CancellationToken.None));
        var chunk = rows.Next()!;
        return [.. columns.Select((c, i) => (c, Text(chunk[2 * i]), Text(chunk[(2 * i) + 1])))];

        static string? Text(Vector vector) => vector.IsNull(0) ? null : vector.Texts[0].ToString();
    }

    /// <summary>The first that fails stops the others, and is what is thrown.</summary>
    static void Wait(Task[] workers, CancellationTokenSource stop)
    {
        var waiting = workers.ToList();
        Exception? first = null;
        while (waiting.Count > 0)
        {
            var done = Task.WhenAny(waiting).GetAwaiter().GetResult();
            waiting.Remove(done);
            if (done.IsCompletedSuccessfully) continue;
            first ??= done.Exception?.InnerException ?? new OperationCanceledException(stop.Token);
            stop.Cancel();
        }
        if (first is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }

    static bool IsOurs(string entry) => File.Exists(entry)
        && (entry.EndsWith(".sqlite", StringComparison.Ordinal) || System.IO.Path.GetFileName(entry) == PartsManifest.FileName);

    QuernException ReplacedWhole() => new(new Fault("QN8210", "a folder of SQLite files is replaced whole")
    {
        Where = Name,
        Value = $"--mode {options.Mode.ToString().ToLowerInvariant()}",
        Try = ["--mode replace", "--method single_file     a file that rows can be added to"],
        ExitCode = ExitCode.Usage,
    });
}
