namespace Quern.Delivery;

/// <summary>Takes rows that a destination refuses.</summary>
abstract class RefusedRows
{
    /// <summary>Rows so far; those of an attempt that failed are forgotten.</summary>
    public abstract long Rows { get; }

    /// <summary>Sets a row aside.</summary>
    /// <param name="number">Which row of the load, from 0.</param>
    /// <param name="column">The column that is wrong; null when it is the row.</param>
    /// <param name="code">Code of the fault.</param>
    /// <param name="message">What is wrong.</param>
    /// <exception cref="QuernException">QN3005: more than are allowed.</exception>
    public abstract void Add(long number, string? column, string code, string message);

    /// <summary>Forgets all, because the load begins again.</summary>
    public abstract void Clear();
}
