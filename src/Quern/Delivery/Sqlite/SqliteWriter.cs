using System.Globalization;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite;

/// <summary>Writes a new database with one table: <see cref="Write"/> chunks, then <see cref="Complete"/>.</summary>
/// <remarks>
/// There is no journal and nothing is brought to the disk before the end: the file is thrown away when anything fails, and whoever asked
/// for it brings it to the disk before it is renamed. One transaction. Memory: the cache of pages, of which full ones are written when
/// it is full.
/// </remarks>
sealed class SqliteWriter : IDisposable
{
    /// <summary>"QRN1": says in the header of a file who made it.</summary>
    public const int ApplicationId = 0x51524E31;

    /// <summary>Pages that are kept, in KiB: what is behind the last leaf is never read again.</summary>
    const int CacheKiB = 8_192;

    readonly SqliteConnection _connection;
    readonly SqliteTable _table;
    readonly string _name;
    RowInserter? _rows;

    /// <summary>Begins a database.</summary>
    /// <param name="path">Absolute path at which nothing exists.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="table">The table.</param>
    /// <exception cref="SqliteException">SQLite does not take the table, or the file cannot be made.</exception>
    public SqliteWriter(string path, string name, SqliteTable table)
    {
        (_table, _name) = (table, name);
        _connection = SqliteConnection.Open(path, SqliteApi.OpenReadWrite | SqliteApi.OpenCreate);
        try
        {
            _connection.Execute(string.Create(CultureInfo.InvariantCulture,
                $"""
                pragma page_size = {table.Options.PageBytes};
                pragma journal_mode = off;
                pragma synchronous = off;
                pragma locking_mode = exclusive;
                pragma cache_size = -{CacheKiB};
                pragma application_id = {ApplicationId};
                begin
                """));
            _connection.Execute(table.Create(SqliteName.Of(table.Name)));
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Told of a row with a value that SQLite does not take. Default: null, it ends the load.</summary>
    public Action<long, string?, Fault>? Refuse { get; init; }

    /// <summary>Says where a row comes from, by its number. Default: nobody knows.</summary>
    public Func<long, string?> Locate { get; init; } = _ => null;

    /// <summary>Rows written so far.</summary>
    public long Rows => _rows?.Rows ?? 0;

    RowInserter Inserter => _rows ??=
        new RowInserter(_connection, _table, SqliteName.Of(_table.Name), _name) { Refuse = Refuse, Locate = Locate, IsJournaled = false };

    /// <summary>Appends all rows of a chunk.</summary>
    /// <exception cref="QuernException">SQLite does not take a value.</exception>
    /// <exception cref="SqliteException">It failed for another reason.</exception>
    public void Write(Chunk chunk) => Inserter.Insert(chunk);

    /// <summary>Makes the indexes, commits, and closes the file.</summary>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Rows in the table: what SQLite has counted, which the number of its last row must bear out.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public long Complete(CancellationToken cancel)
    {
        var counted = _rows?.Confirmed ?? 0;
        _rows?.Dispose();
        var relation = SqliteName.Of(_table.Name);
        foreach (var index in _table.CreateIndexes()) _connection.Execute(index, cancel);
        if (_table.Options.Indexes.Count > 0) _connection.Execute("pragma analysis_limit = 1000; analyze", cancel);
        _connection.Execute("commit", cancel);
        var last = _table.RowNumber is { } number
            ? _connection.Number($"select max({number}) from {relation}")
            : _connection.Number($"select count(*) from {relation}");
        _connection.Dispose();
        return last == counted ? counted : Math.Min(last, counted);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows?.Dispose();
        _connection.Dispose();
    }
}
