using Quern.Duck;
using Quern.Running;

namespace Quern.Delivery;

/// <summary>A place that tables are delivered to, wholly or not at all.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
public abstract class Destination(string name, string path)
{
    /// <summary>The place as the user wrote it.</summary>
    public string Name { get; } = name;

    /// <summary>Its absolute path.</summary>
    public string Path { get; } = path;

    /// <summary>What it is, in reports: duckdb, parquet, csv, folder.</summary>
    public abstract string Kind { get; }

    /// <summary>What a delivery does to it, as a sentence without a full stop.</summary>
    public abstract string Effect { get; }

    /// <summary>Finds out before the work begins whether it can be written at all. Changes nothing.</summary>
    /// <exception cref="QuernException">Exit code 2: it cannot.</exception>
    public abstract void Check();

    /// <summary>Writes the table; the destination has the old content or the new, whatever happens.</summary>
    /// <returns>What is there now; null when the table is empty and the destination stays as it is.</returns>
    /// <exception cref="QuernException">It was not written, and is as it was.</exception>
    public abstract RunOutput? Deliver(DuckSession session, Shipment shipment, CancellationToken cancel);

    /// <summary>Fails unless the destination has confirmed each row.</summary>
    /// <exception cref="QuernException">QN8101 it has another number of rows.</exception>
    protected void Confirm(long produced, long confirmed)
    {
        if (produced == confirmed) return;
        throw new QuernException(new Fault("QN8101", "the destination does not have the rows that were sent")
        {
            Where = Name,
            Value = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{confirmed:N0} rows"),
            Wanted = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{produced:N0} rows"),
            Try = ["run again: the destination is as it was"],
        });
    }
}
