using Quern.Chunks;
using Quern.Duck;

namespace Quern.Delivery.Sqlite.Reading;

/// <summary>Tables of SQLite databases in SQL: <c>select a, b from quern_sqlite('shop.sqlite', 'orders')</c>.</summary>
sealed class SqliteFunction : TableFunction
{
    static readonly LogicalType Varchar = LogicalType.Of(TypeKind.Varchar);

    /// <inheritdoc/>
    public override string Name => "quern_sqlite";

    /// <inheritdoc/>
    public override IReadOnlyList<LogicalType> Parameters => [Varchar, Varchar];

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments)
    {
        var (file, table) = (arguments[0] as string ?? "", arguments[1] as string ?? "");
        var tables = SqliteTableRead.All(Path.GetFullPath(file), file);
        return new SqliteRelation(tables.Find(t => t.Table.Equals(table, StringComparison.OrdinalIgnoreCase))
            ?? throw SqliteReadFaults.NoTable(file, table, [.. tables.Select(t => t.Table)]));
    }
}
