using System.Globalization;
using Quern.Chunks;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery;

/// <summary>A place that tables are delivered to, wholly or not at all.</summary>
public abstract class Destination
{
    private protected Destination(string name, string path)
    {
        Name = name;
        Path = path;
    }

    /// <summary>The place as the user wrote it.</summary>
    public string Name { get; }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>True when it is a file or a folder. Default: true.</summary>
    public virtual bool IsFile => true;

    /// <summary>It must not be there yet: a file, or a table in a database that may be there. Default: false.</summary>
    internal bool MustBeNew { get; set; }

    /// <summary>What it is, in reports: duckdb, parquet, csv, folder, postgres.</summary>
    public abstract string Kind { get; }

    /// <summary>What a delivery does to it, as a sentence without a full stop.</summary>
    public abstract string Effect { get; }

    /// <summary>Finds out before the work begins whether it can be written at all. Changes nothing.</summary>
    /// <exception cref="QuernException">Exit code 2: it cannot.</exception>
    public abstract void Check();

    /// <summary>Columns of a table that is there which take texts as they stand: what a reader would make of them first, numbers or days, is
    /// not asked for. Default: none.</summary>
    /// <param name="columns">The columns that come, with the types that a reader would give them.</param>
    internal virtual IReadOnlyCollection<string> TakenAsText(IReadOnlyList<Column> columns) => [];

    /// <summary>What <c>--explain</c> says of a delivery, found out without changing anything.</summary>
    /// <param name="database">Holds the table.</param>
    /// <param name="shipment">The table.</param>
    internal virtual IEnumerable<string> Lines(DuckDatabase database, Shipment shipment) => [Effect];

    /// <summary>Writes the table where nobody sees it yet, and proves that each row is there.</summary>
    /// <param name="database">Holds the table.</param>
    /// <param name="shipment">The table.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What is ready; null when the table is empty and the destination stays as it is.</returns>
    /// <exception cref="QuernException">It was not written, and the destination is as it was.</exception>
    internal abstract StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel);

    /// <summary>Fails unless the destination has confirmed each row.</summary>
    /// <exception cref="QuernException">QN8101 it has another number of rows.</exception>
    private protected void Confirm(long produced, long confirmed)
    {
        if (produced == confirmed) return;
        throw new QuernException(new Fault("QN8101", "the destination does not have the rows that were sent")
        {
            Where = Name,
            Value = string.Create(CultureInfo.InvariantCulture, $"{confirmed:N0} rows"),
            Wanted = string.Create(CultureInfo.InvariantCulture, $"{produced:N0} rows"),
            Try = ["run again: the destination is as it was"],
        });
    }

    /// <summary>What is wrong when something is there already that was to be made.</summary>
    /// <param name="table">The table; null for a file.</param>
    internal QuernException Occupied(string? table = null) => new(
        new Fault("QN7481", table is null ? "the output is there already" : "the table is there already")
        {
            Where = table is null ? Name : $"{Name}, table {table}",
            Try = ["--mode replace     replaces it", "--to another name"],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>Reads the rows from the first on, into the database that another run has made while this one wrote its own.</summary>
    /// <exception cref="QuernException">QN7482: they come only once.</exception>
    private protected Shipment Again(Shipment shipment)
    {
        if (shipment.IsReadOnce)
        {
            throw new QuernException(new Fault("QN7482", "another run has made the database meanwhile, and the rows come only once")
            {
                Where = Name,
                Try = ["run again: the rows go into the database that is there now"],
            });
        }
        shipment.Restart();
        return shipment;
    }

    /// <summary>Does work of the engine for this destination, so that what fails names it.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="QuernException">QN8006 the disk is full; QN8105 the engine cannot write for another reason; the
    /// memory limit and the temporary folder are passed on as the engine names them.</exception>
    internal T Write<T>(DuckDatabase database, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (QuernException e) when (e.Fault is DuckFault { Kind: not DuckErrorKind.OutOfMemory } fault)
        {
            if (database.Options.TempDirectory is { Length: > 0 } temp && fault.What.Contains(temp, StringComparison.Ordinal)) throw;
            throw OutputFaults.DiskFull(e, Path, Name) ?? new QuernException(
                new Fault("QN8105", "the output cannot be written")
                {
                    Where = Name,
                    Value = fault.What,
                    Try = ["--to another name", $"ls -l {Name}"],
                },
                e);
        }
    }
}
