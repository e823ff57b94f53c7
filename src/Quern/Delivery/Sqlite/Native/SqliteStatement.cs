using System.Text;

namespace Quern.Delivery.Sqlite.Native;

/// <summary>A statement that is parsed; its parameters count from 1, its columns from 0.</summary>
sealed unsafe class SqliteStatement : IDisposable
{
    readonly SqliteConnection _connection;
    readonly SqliteStatementHandle _handle;
    bool _isGone;

    internal SqliteStatement(SqliteConnection connection, nint statement)
    {
        _connection = connection;
        _handle = new SqliteStatementHandle(statement);
        Pointer = statement;
    }

    /// <summary>For those who bind; not to be used once this is disposed.</summary>
    public nint Pointer { get; }

    /// <summary>Columns of its rows.</summary>
    public int Columns => SqliteApi.sqlite3_column_count(Pointer);

    /// <summary>Runs on to the next row.</summary>
    /// <returns>True when there is one, false when it is done.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Step()
    {
        var code = SqliteApi.sqlite3_step(Pointer);
        if (code == SqliteApi.Done) return false;
        return code == SqliteApi.Row ? true : throw _connection.Failed();
    }

    /// <summary>Makes it ready to run again; parameters stay bound.</summary>
    public void Reset() => _ = SqliteApi.sqlite3_reset(Pointer);

    /// <summary>Makes all parameters NULL: memory that was bound may go.</summary>
    public void Unbind() => _ = SqliteApi.sqlite3_clear_bindings(Pointer);

    /// <summary>Type of a value of the current row.</summary>
    public int Type(int column) => SqliteApi.sqlite3_column_type(Pointer, column);

    /// <summary>A value as a whole number.</summary>
    public long Number(int column) => SqliteApi.sqlite3_column_int64(Pointer, column);

    /// <summary>A value as a double.</summary>
    public double Real(int column) => SqliteApi.sqlite3_column_double(Pointer, column);

    /// <summary>A value as text; null for NULL.</summary>
    public string? Text(int column)
    {
        var text = SqliteApi.sqlite3_column_text(Pointer, column);
        return text is null ? null : Encoding.UTF8.GetString(text, SqliteApi.sqlite3_column_bytes(Pointer, column));
    }

    /// <summary>A value as text in UTF-8, valid until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Utf8(int column)
    {
        var text = SqliteApi.sqlite3_column_text(Pointer, column);
        return text is null ? default : new ReadOnlySpan<byte>(text, SqliteApi.sqlite3_column_bytes(Pointer, column));
    }

    /// <summary>A blob, valid until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Blob(int column)
    {
        var blob = SqliteApi.sqlite3_column_blob(Pointer, column);
        return blob is null ? default : new ReadOnlySpan<byte>(blob, SqliteApi.sqlite3_column_bytes(Pointer, column));
    }

    /// <summary>A value as bytes; empty for NULL.</summary>
    public byte[] Bytes(int column)
    {
        var blob = SqliteApi.sqlite3_column_blob(Pointer, column);
        return blob is null ? [] : new ReadOnlySpan<byte>(blob, SqliteApi.sqlite3_column_bytes(Pointer, column)).ToArray();
    }

    public void Dispose()
    {
        if (_isGone) return;
        _isGone = true;
        _handle.Dispose();
        _connection.Finalized();
    }
}
