using System.Runtime.InteropServices;

// Signatures follow sqlite3.h of SQLite 3.37. Lifetimes, as the C interface has them:
// - a statement is finalized before its connection is closed; SqliteConnection counts, and debug builds fail otherwise;
// - a bound text or blob is not copied (Static): its bytes stay where they are until the statement has been stepped; whoever binds
//   does so again before the next step, and RowInserter forgets all bindings in debug builds once rows are in;
// - what column_text and column_blob return is gone with the next step or reset: it is copied at once;
// - a connection and its statements belong to one thread at a time; only interrupt may come from another.
// [SuppressGCTransition] only on calls that neither block nor allocate: plain stores of a value.
namespace Quern.Delivery.Sqlite.Native;

/// <summary>SQLite's C interface, as far as it is used.</summary>
static unsafe partial class SqliteApi
{
    public const string Library = "libsqlite3.so.0";

    // Result codes, of which the low byte is the class.
    public const int Ok = 0, Busy = 5, Locked = 6, ReadOnly = 8, Interrupted = 9, InputOutput = 10, Corrupt = 11, Full = 13,
        CannotOpen = 14, TooBig = 18, Constraint = 19, Mismatch = 20, NotADatabase = 26, Row = 100, Done = 101;

    // Flags of open.
    public const int OpenReadOnly = 0x1, OpenReadWrite = 0x2, OpenCreate = 0x4, OpenNoMutex = 0x8000;

    // Types of values.
    public const int TypeInteger = 1, TypeReal = 2, TypeText = 3, TypeBlob = 4, TypeNull = 5;

    // Limits that can be asked for.
    public const int LimitColumns = 2, LimitVariables = 9;

    // Options of the library as a whole.
    public const int ConfigMemoryStatus = 9;

    /// <summary>The bytes stay in place while they are bound.</summary>
    public const nint Static = 0;

    [LibraryImport(Library)]
    public static partial int sqlite3_libversion_number();

    [LibraryImport(Library)]
    public static partial byte* sqlite3_libversion();

    /// <summary>Has variable arguments in C, of which one whole number is passed: registers are the same for both on Linux.</summary>
    [LibraryImport(Library)]
    public static partial int sqlite3_config(int option, int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_open_v2(string path, nint* connection, int flags, string? vfs);

    [LibraryImport(Library)]
    public static partial int sqlite3_close_v2(nint connection);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_errmsg(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_extended_errcode(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_system_errno(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_busy_timeout(nint connection, int milliseconds);

    [LibraryImport(Library)]
    public static partial void sqlite3_interrupt(nint connection);

    [LibraryImport(Library)]
    public static partial long sqlite3_total_changes64(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_get_autocommit(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_limit(nint connection, int limit, int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_exec(nint connection, string sql, nint callback, nint argument, byte** message);

    [LibraryImport(Library)]
    public static partial int sqlite3_prepare_v2(nint connection, byte* sql, int bytes, nint* statement, byte** tail);

    [LibraryImport(Library)]
    public static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_reset(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_clear_bindings(nint statement);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_null(nint statement, int parameter);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_int64(nint statement, int parameter, long value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_double(nint statement, int parameter, double value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_text(nint statement, int parameter, byte* text, int bytes, nint release);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_blob(nint statement, int parameter, byte* blob, int bytes, nint release);

    [LibraryImport(Library)]
    public static partial int sqlite3_column_count(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library)]
    public static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    public static partial double sqlite3_column_double(nint statement, int column);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_column_text(nint statement, int column);

    [LibraryImport(Library)]
    public static partial int sqlite3_column_bytes(nint statement, int column);
}
