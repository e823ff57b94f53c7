using System.Diagnostics;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;
using Quern.Delivery.Sqlite.Values;

namespace Quern.Delivery.Sqlite;

/// <summary>Puts chunks into a table: several rows a statement, bound straight from the vectors. Allocates nothing a row.</summary>
/// <remarks>A chunk may have a column more than the table: the numbers of its rows, from 0. Else they are counted.</remarks>
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
    long _given;

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

    /// <summary>Told of a row that is not taken: its number, the column where it is known, the fault. Default: null, it ends the load.</summary>
    public Action<long, string?, Fault>? Refuse { get; init; }

    /// <summary>The table's own last column has the numbers of rows. Default: false.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>A statement that fails can be taken back alone: there is a journal. Default: true.</summary>
    public bool IsJournaled { get; init; } = true;

    /// <summary>Says where a row comes from, by its number. Default: nobody knows.</summary>
    public Func<long, string?> Locate { get; init; } = _ => null;

    /// <summary>Rows that were taken.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that SQLite has counted; the triggers of a table count with them.</summary>
    public long Confirmed => _connection.Changes - _before;

    /// <summary>Inserts all rows of a chunk; it is not needed any more when this returns.</summary>
    /// <exception cref="QuernException">SQLite does not take a value or a row, and none are refused: QN8203, QN8204, QN8205, QN8207.</exception>
    /// <exception cref="SqliteException">It failed for another reason.</exception>
    public void Insert(Chunk chunk)
    {
        var row = 0;
        for (; row + _rowsPerInsert <= chunk.Rows; row += _rowsPerInsert) Insert(_many, chunk, row, _rowsPerInsert);
        for (; row < chunk.Rows; row++) Insert(_one, chunk, row, 1);
        _given += chunk.Rows;
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
        var column = 0;
        try
        {
            for (; column < _columns.Length; column++)
                _columns[column].Bind(statement.Pointer, chunk[column], row, count, column + 1, _columns.Length);
            statement.Step();
            statement.Reset();
            Rows += count;
        }
        catch (UnfitValueException e)
        {
            if (count > 1) OneByOne(chunk, row, count);
            else Refused(chunk, row, _table.Rows[column].Name, where => SqliteFaults.Of(e, where));
        }
        catch (SqliteException e) when (e.Code is SqliteApi.Constraint or SqliteApi.TooBig or SqliteApi.Mismatch && _connection.IsInTransaction)
        {
            statement.Reset();
            if (count == 1)
            {
                Refused(chunk, row, null, where => SqliteFaults.OfRow(e, where, _name, _table.Name), mayGoOn: IsJournaled);
                return;
            }
            // One of them: the statement has taken none, and the first that is refused alone is named.
            OneByOne(chunk, row, count);
            if (!IsJournaled) throw;
        }
        catch
        {
            statement.Reset();
            throw;
        }
    }

    void OneByOne(Chunk chunk, int row, int count)
    {
        for (var i = row; i < row + count; i++) Insert(_one, chunk, i, 1);
    }

    void Refused(Chunk chunk, int row, string? column, Func<string, QuernException> fault, bool mayGoOn = true)
    {
        var number = IsNumbered || chunk.Schema.Count > _columns.Length ? chunk[chunk.Schema.Count - 1].Values<long>()[row] : _given + row;
        if (Refuse is not null && mayGoOn)
        {
            var told = fault(_name).Fault;
            Refuse(number, column ?? ColumnOf(told.Value), told);
            return;
        }
        throw fault(Locate(number) is { } place
            ? $"{place}{(column is null ? "" : $", column {column}")}, on its way into {_name}, table {_table.Name}"
            : SqliteFaults.Place(_name, _table.Name, column, number + 1));
    }

    /// <summary>The column that a message of SQLite's ends with, behind the table.</summary>
    string? ColumnOf(string? message) => message is null ? null
        : _table.Columns.FirstOrDefault(c => message.EndsWith($" {_table.Name}.{c}", StringComparison.OrdinalIgnoreCase));

    /// <summary>In debug builds nothing stays bound to memory that is about to go.</summary>
    [Conditional("DEBUG")]
    void Unbind()
    {
        _many.Unbind();
        _one.Unbind();
    }
}
