using System.Globalization;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Reading;
using Quern.Duck;
using Quern.Files;

namespace Quern.Converting.Sources;

/// <summary>A table or view of a SQLite database, read by ourselves.</summary>
/// <param name="file">The database.</param>
/// <param name="table">Its name; null for the only one.</param>
sealed class SqliteSource(InputFile file, string? table) : Source
{
    SqliteTableRead? _read;

    /// <inheritdoc/>
    public override string Kind => "SQLite";

    /// <inheritdoc/>
    public override IReadOnlyList<InputFile> Files => [file];

    /// <inheritdoc/>
    public override Schema Schema => Read.Schema;

    SqliteTableRead Read => _read ?? throw new InvalidOperationException("the source is not open");

    /// <inheritdoc/>
    public override string Open(DuckSession session, Reading reading)
    {
        var tables = SqliteTableRead.All(file.RealPath, file.Name);
        var name = TableChoice.Of(file, [.. tables.Select(t => t.Table)], table);
        _read = tables.First(t => t.Table == name);
        session.Register(new SqliteView(View, _read));
        return Relation = $"{View}()";
    }

    /// <inheritdoc/>
    public override long CountRows(DuckSession session, CancellationToken cancel) => Read.CountRows();

    /// <inheritdoc/>
    public override IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{(Read.IsView ? "view" : "table")} {Read.Table}, {Schema.Count} columns");
    }
}
