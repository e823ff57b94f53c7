using System.Diagnostics;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;
using Quern.Delivery.Sqlite.Values;

namespace Quern.Delivery.Sqlite;

/// <summary>Puts chunks into a table: several rows a statement, bound straight from the vectors. Allocates nothing a row.</summary>
sealed class RowInserter : IDisposable
{
    readonly SqliteConnection _connection;
    readonly SqliteTable _table;
    readonly string _name;
    readonly ColumnBinder[] _columns;
    readonly SqliteStatement _many;
    readonly SqliteStatement _one;
    readonly int _rowsPerInsert;
    readonly long _before;

    /// <summary>Prepares for a table that exists.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="relation">What it is called there, quoted.</param>
    /// <param name="name">How messages name the destination.</param>
    /// <exception cref="SqliteException">It is not such a table.</exception>
    public RowInserter(SqliteConnection connection, SqliteTable table, string relation, string name)
    {
        _connection = connection;
        _table = table;
        _name = name;
        _rowsPerInsert = Math.Clamp(connection.Limit(SqliteApi.LimitVariables) / table.Rows.Count, 1, table.Options.RowsPerInsert);
        _columns = [.. table.Rows.Columns.Select(c => Binders.For(c.Type, table.Options, _rowsPerInsert))];
        try
        {
            _many = connection.Prepare(table.Insert(relation, _rowsPerInsert));
            _one = connection.Prepare(table.Insert(relation, 1));
        }
        catch
        {
            Dispose();
            throw;
        }
        _before = connection.Changes;
    }

    /// <summary>Rows handed in so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that SQLite has counted; the triggers of a table count with them.</summary>
    public long Confirmed => _connection.Changes - _before;

    /// <summary>Inserts all rows of a chunk; it is not needed any more when this returns.</summary>
    /// <exception cref="QuernException">SQLite does not take a value or a row: QN8203, QN8204, QN8205, QN8207.</exception>
    /// <exception cref="SqliteException">It failed for another reason.</exception>
    public void Insert(Chunk chunk)
    {
        var row = 0;
        for (; row + _rowsPerInsert <= chunk.Rows; row += _rowsPerInsert) Insert(_many, chunk, row, _rowsPerInsert);
        for (; row < chunk.Rows; row++) Insert(_one, chunk, row, 1);
        Rows += chunk.Rows;
        Unbind();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _many?.Dispose();
        _one?.Dispose();
        foreach (var column in _columns) column.Dispose();
    }

    void Insert(SqliteStatement statement, Chunk chunk, int row, int count)
    {
        Bind(statement, chunk, row, count);
        try
        {
            statement.Step();
            statement.Reset();
        }
        catch (SqliteException e) when (e.Code is SqliteApi.Constraint or SqliteApi.TooBig)
        {
            statement.Reset();
            if (count == 1) throw Refused(e, row);
            // One of them: the statement has taken none, and the first that is refused alone is named.
            for (var i = row; i < row + count; i++) Insert(_one, chunk, i, 1);
            throw;
        }
        catch
        {
            statement.Reset();
            throw;
        }
    }

    void Bind(SqliteStatement statement, Chunk chunk, int row, int count)
    {
        for (var column = 0; column < _columns.Length; column++)
        {
            try
            {
                _columns[column].Bind(statement.Pointer, chunk[column], row, count, column + 1, _columns.Length);
            }
            catch (UnfitValueException e)
            {
                var at = e.Reason == UnfitReason.TooBig ? row : e.Row;
                throw SqliteFaults.Of(e, SqliteFaults.Place(_name, _table.Name, _table.Rows[column].Name, Rows + at + 1));
            }
        }
    }

    QuernException Refused(SqliteException e, int row)
    {
        var fault = SqliteFaults.Of(e, "", _name, _table.Name).Fault;
        return new QuernException(fault with { Where = SqliteFaults.Place(_name, _table.Name, null, Rows + row + 1) }, e);
    }

    /// <summary>In debug builds nothing stays bound to memory that is about to go.</summary>
    [Conditional("DEBUG")]
    void Unbind()
    {
        _many.Unbind();
        _one.Unbind();
    }
}
