using Quern.Delivery.Parquet;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Folder;

/// <summary>A folder of Parquet files, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
abstract class ParquetFolder(string name, string path) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "folder";

    /// <inheritdoc/>
    public override string Effect => Directory.Exists(Path) ? "replaces the folder" : "makes the folder";

    /// <inheritdoc/>
    public override void Check()
    {
        AtomicFolder.Check(Path, Name);
        if (!Directory.Exists(Path)) return;
        var other = Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .FirstOrDefault(f => !f.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase));
        if (other is null) return;
        throw new QuernException(new Fault("QN1115", "the folder would be replaced, and holds other files than Parquet")
        {
            Where = Name,
            Value = System.IO.Path.GetRelativePath(Path, other),
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
            using var session = database.Connect();
            var rows = Write(database, () => Fill(database, session, folder.StagePath, shipment, cancel));
            var files = Directory.GetFiles(folder.StagePath, "*.parquet", SearchOption.AllDirectories);
            var count = $"select sum(num_rows)::bigint from parquet_file_metadata({Sql.Files(files)})";
            var confirmed = files.Length == 0 ? 0 : session.Scalar<long>(count, cancel);
            Confirm(rows, confirmed);
            return new StagedFolder(this, folder, confirmed, files.Sum(f => new FileInfo(f).Length));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Writes the rows of a shipment into an empty folder.</summary>
    /// <returns>How many were handed to the writers.</returns>
    private protected abstract long Fill(DuckDatabase database, DuckSession session, string folder, Shipment shipment, CancellationToken cancel);

    /// <summary>How files are written, as COPY says it.</summary>
    private protected static string Form(ParquetCodec codec, int rowGroupRows) =>
        FormattableString.Invariant($"format parquet, {codec.Sql}, row_group_size {rowGroupRows}");
}
