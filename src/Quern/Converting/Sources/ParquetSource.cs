using System.Globalization;
using Quern.Chunks;
using Quern.Delivery;
using Quern.Duck;
using Quern.Files;

namespace Quern.Converting.Sources;

/// <summary>Parquet files, read by the engine; columns come together by name.</summary>
/// <param name="files">The files.</param>
sealed class ParquetSource(IReadOnlyList<InputFile> files) : Source
{
    Schema? _schema;

    /// <inheritdoc/>
    public override string Kind => "Parquet";

    /// <inheritdoc/>
    public override IReadOnlyList<InputFile> Files => files;

    /// <inheritdoc/>
    public override Schema Schema => _schema ?? throw new InvalidOperationException("the source is not open");

    string Paths => Sql.Files(files.Select(f => f.Path));

    bool HasPartitions => files.Any(f => f.Partitions.Count > 0);

    /// <inheritdoc/>
    public override string Open(DuckSession session, Reading reading)
    {
        var (byName, hive) = (files.Count > 1 ? "true" : "false", HasPartitions ? "true" : "false");
        var relation = $"read_parquet({Paths}, union_by_name = {byName}, hive_partitioning = {hive})";
        try
        {
            using var rows = session.Query($"from {relation} limit 0");
            _schema = rows.Schema;
        }
        catch (QuernException e) when (e.Fault is DuckFault { Kind: DuckErrorKind.InvalidInput } fault && Broken(fault) is { } broken)
        {
            throw new QuernException(
                new Fault("QN3105", "the file is not a whole Parquet file")
                {
                    Where = broken.Name,
                    Value = fault.What.Replace($"'{broken.Path}'", broken.Name, StringComparison.Ordinal)["Invalid Input Error: ".Length..],
                    Try = ["copy it again, or leave it out"],
                },
                e);
        }
        return Relation = relation;
    }

    /// <summary>The file that a message of the engine names.</summary>
    InputFile? Broken(DuckFault fault) => fault.What.StartsWith("Invalid Input Error: ", StringComparison.Ordinal)
        ? files.FirstOrDefault(file => fault.What.Contains($"'{file.Path}'", StringComparison.Ordinal)) : null;

    /// <inheritdoc/>
    public override long CountRows(DuckSession session, CancellationToken cancel) =>
        session.Scalar<long>($"select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata({Paths})", cancel);

    /// <inheritdoc/>
    public override IEnumerable<RowPlace> Places(DuckDatabase database, IReadOnlyList<long> numbers)
    {
        var relation = Relation![..^1] + ", filename = 'quern_file', file_row_number = true)";
        var query = $"select * exclude (quern_file, file_row_number), quern_file, file_row_number as quern_row from {relation}";
        return RelationRows.Find(database, query, numbers).Select(row =>
        {
            var name = files.FirstOrDefault(f => f.Path == row.File)?.Name ?? row.File;
            return new RowPlace(row.File, name, string.Create(CultureInfo.InvariantCulture, $"{name} row {row.Row + 1:N0}"))
            {
                Line = row.Row + 1,
                Raw = row.Raw,
            };
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{Schema.Count} columns, as the files say");
    }
}
