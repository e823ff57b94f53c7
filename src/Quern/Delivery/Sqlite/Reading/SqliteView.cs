using Quern.Duck;

namespace Quern.Delivery.Sqlite.Reading;

/// <summary>A table of a SQLite database with a name in SQL: <c>select a from name()</c>.</summary>
/// <param name="name">What SQL calls it, in all sessions of a database.</param>
/// <param name="read">The table.</param>
sealed class SqliteView(string name, SqliteTableRead read) : TableFunction
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments) => new SqliteRelation(read);
}
