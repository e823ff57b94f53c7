using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Binds the values of a column to the parameters of an INSERT of several rows, straight from a vector.</summary>
abstract unsafe class ColumnBinder : IDisposable
{
    /// <summary>Binds rows that follow each other; what is bound stays valid until the next call, as long as the vector does.</summary>
    /// <param name="statement">The statement, ready.</param>
    /// <param name="vector">The column.</param>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="parameter">Parameter of the first.</param>
    /// <param name="stride">From the parameter of a row to that of the next.</param>
    /// <exception cref="UnfitValueException">SQLite cannot hold a value as it is.</exception>
    public abstract void Bind(nint statement, Vector vector, int row, int count, int parameter, int stride);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    private protected static void BindNull(nint statement, int parameter) =>
        Check(SqliteApi.sqlite3_bind_null(statement, parameter), parameter);

    private protected static void BindText(nint statement, int parameter, byte* text, int bytes)
    {
        var code = SqliteApi.sqlite3_bind_text(statement, parameter, text, bytes, SqliteApi.Static);
        if (code != SqliteApi.Ok) Check(code, parameter);
    }

    private protected static void Check(int code, int parameter)
    {
        if (code == SqliteApi.Ok) return;
        throw code == SqliteApi.TooBig
            ? new UnfitValueException(UnfitReason.TooBig, 0)
            : new InvalidOperationException(FormattableString.Invariant($"SQLite does not bind parameter {parameter}: code {code}"));
    }
}
