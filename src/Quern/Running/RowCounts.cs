using System.Globalization;

namespace Quern.Running;

/// <summary>Where the rows of a run went. Many threads may count at the same time.</summary>
public sealed class RowCounts
{
    long _read, _kept, _filtered, _rejected, _written;

    /// <summary>Rows in the sources.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Rows that took part in the result.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <summary>Rows left out because the run says so.</summary>
    public long Filtered => Interlocked.Read(ref _filtered);

    /// <summary>Rows set aside because they cannot be read as what they should be.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Rows in the outputs, as confirmed by the destinations. Not part of the equation: a fold writes fewer than it keeps.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Counts a batch at the reading edge; count once a batch, not once a row.</summary>
    public void CountRead(long read, long kept, long filtered = 0, long rejected = 0)
    {
        Interlocked.Add(ref _read, read);
        Interlocked.Add(ref _kept, kept);
        Interlocked.Add(ref _filtered, filtered);
        Interlocked.Add(ref _rejected, rejected);
    }

    /// <summary>Counts rows that a destination has confirmed.</summary>
    public void CountWritten(long rows) => Interlocked.Add(ref _written, rows);

    /// <summary>Proves that no row was lost: read = kept + filtered + rejected.</summary>
    /// <exception cref="QuernException">QN9007 when the equation does not hold.</exception>
    public void Assert()
    {
        var accounted = Kept + Filtered + Rejected;
        if (Read == accounted) return;
        throw new QuernException(new Fault("QN9007", Read > accounted ? "rows were lost" : "rows were counted twice")
        {
            Value = string.Create(CultureInfo.InvariantCulture, $"read {Read:N0}"),
            Wanted = string.Create(
                CultureInfo.InvariantCulture,
                $"kept {Kept:N0} + filtered {Filtered:N0} + rejected {Rejected:N0} = {accounted:N0}"),
            Try = ["keep the inputs and report this: it is a defect of Quern, and the outputs are not to be trusted"],
        });
    }
}
