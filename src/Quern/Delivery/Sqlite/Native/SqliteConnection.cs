using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Quern.Delivery.Sqlite.Native;

/// <summary>A connection to a SQLite database; disposed, it rolls back what was not committed.</summary>
/// <remarks>One thread at a time; only <see cref="Interrupt"/> may come from another.</remarks>
sealed unsafe class SqliteConnection : IDisposable
{
    readonly SqliteHandle _handle;
    int _statements;

    SqliteConnection(nint connection) => _handle = new SqliteHandle(connection);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="flags">How: flags of open.</param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    /// <exception cref="QuernException">QN9051, QN9052: the system has no SQLite, or an old one.</exception>
    public static SqliteConnection Open(string path, int flags)
    {
        SqliteLibrary.Load();
        nint pointer = 0;
        var code = SqliteApi.sqlite3_open_v2(path, &pointer, flags | SqliteApi.OpenNoMutex, null);
        var connection = new SqliteConnection(pointer);
        if (code == SqliteApi.Ok) return connection;
        using (connection) throw pointer == 0 ? new SqliteException(code, "out of memory", 0) : connection.Failed();
    }

    /// <summary>Rows inserted, updated and deleted since it was opened, as SQLite has counted them.</summary>
    public long Changes => SqliteApi.sqlite3_total_changes64(Pointer);

    /// <summary>A transaction is open; some errors, and triggers that ask for it, end it.</summary>
    public bool IsInTransaction => SqliteApi.sqlite3_get_autocommit(Pointer) == 0;

    nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle.DangerousGetHandle();
        }
    }

    /// <summary>How long a lock of another connection is waited for.</summary>
    public void WaitForLocks(TimeSpan most) => Check(SqliteApi.sqlite3_busy_timeout(Pointer, (int)most.TotalMilliseconds));

    /// <summary>A limit of this library: of columns, of variables.</summary>
    public int Limit(int limit) => SqliteApi.sqlite3_limit(Pointer, limit, -1);

    /// <summary>Runs statements and drops their rows.</summary>
    /// <exception cref="SqliteException">One of them failed; those before it stay done.</exception>
    public void Execute(string sql) => Check(SqliteApi.sqlite3_exec(Pointer, sql, 0, 0, null));

    /// <summary>As <see cref="Execute(string)"/>, until a token fires.</summary>
    /// <exception cref="OperationCanceledException">It fired.</exception>
    public void Execute(string sql, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var watch = cancel.UnsafeRegister(static state => ((SqliteConnection)state!).Interrupt(), this);
        try
        {
            Execute(sql);
        }
        catch (SqliteException e) when (e.Code == SqliteApi.Interrupted && cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancel);
        }
    }

    /// <summary>The first column of the first row as a whole number; 0 when there is none.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>Parses one statement.</summary>
    /// <exception cref="SqliteException">It does not parse, or names what is not there.</exception>
    public SqliteStatement Prepare(string sql)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);
        nint statement = 0;
        fixed (byte* first = bytes) Check(SqliteApi.sqlite3_prepare_v2(Pointer, first, bytes.Length, &statement, null));
        _statements++;
        return new SqliteStatement(this, statement);
    }

    /// <summary>Ends the statement that runs now, from any thread; nothing happens when none runs.</summary>
    public void Interrupt()
    {
        var held = false;
        try
        {
            _handle.DangerousAddRef(ref held);
            SqliteApi.sqlite3_interrupt(_handle.DangerousGetHandle());
        }
        catch (ObjectDisposedException)
        {
            // It is closed: there is nothing to end.
        }
        finally
        {
            if (held) _handle.DangerousRelease();
        }
    }

    public void Dispose()
    {
        Debug.Assert(_statements == 0, "a connection is closed after its statements");
        _handle.Dispose();
    }

    internal void Finalized() => _statements--;

    internal void Check(int code)
    {
        if (code != SqliteApi.Ok) throw Failed();
    }

    internal SqliteException Failed()
    {
        var message = Marshal.PtrToStringUTF8((nint)SqliteApi.sqlite3_errmsg(Pointer)) ?? "";
        return new SqliteException(SqliteApi.sqlite3_extended_errcode(Pointer), message, SqliteApi.sqlite3_system_errno(Pointer));
    }
}
