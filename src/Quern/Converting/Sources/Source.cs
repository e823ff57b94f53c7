using System.Globalization;
using Quern.Chunks;
using Quern.Csv;
using Quern.Delivery;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Converting.Sources;

/// <summary>Files of one kind that are read as one table.</summary>
abstract class Source : IDisposable
{
    /// <summary>What SQL calls a source that C# reads.</summary>
    protected const string View = "quern_input";

    /// <summary>What they are: CSV, Parquet, Arrow, DuckDB.</summary>
    public abstract string Kind { get; }

    /// <summary>The files; empty for standard input.</summary>
    public abstract IReadOnlyList<InputFile> Files { get; }

    /// <summary>Names and types of the columns; known once the source is opened.</summary>
    public abstract Schema Schema { get; }

    /// <summary>Bytes of the files.</summary>
    public long Bytes => Files.Sum(file => file.SizeBytes);

    /// <summary>What a message calls them all: the first, and how many more.</summary>
    public virtual string Name => Files.Count switch
    {
        0 => "standard input",
        1 => Files[0].Name,
        var count => FormattableString.Invariant($"{Files[0].Name} and {count - 1:N0} more"),
    };

    /// <summary>Makes the rows known to the engine.</summary>
    /// <param name="session">Where they are read.</param>
    /// <param name="reading">How.</param>
    /// <returns>What stands behind FROM.</returns>
    public abstract string Open(DuckSession session, Reading reading);

    /// <summary>Makes the same rows known to the engine once more, to compare them with what became of them.</summary>
    /// <param name="session">Where they are read.</param>
    /// <param name="threads">Threads that read, in any order.</param>
    /// <returns>What stands behind FROM; null when the source can be read only once. Default: what <see cref="Open"/> gave.</returns>
    public virtual string? OpenAgain(DuckSession session, int threads) => Relation;

    /// <summary>What stands behind FROM; set by <see cref="Open"/>.</summary>
    protected string? Relation { get; set; }

    /// <summary>True when the rows can be read more than once. Default: true.</summary>
    public virtual bool ComesAgain => true;

    /// <summary>True when the rows come in the same order each time that they are read. Default: true.</summary>
    public virtual bool ComesInOrder => true;

    /// <summary>From now on the rows are read from a relation that holds them.</summary>
    public void ReadFrom(string relation) => Relation = relation;

    /// <summary>Memory that reading takes beside the engine's, in bytes. Default: 0.</summary>
    /// <param name="threads">Threads that read.</param>
    /// <param name="limitBytes">What the process may hold.</param>
    public virtual long MemoryBytes(int threads, long limitBytes) => 0;

    /// <summary>Rows of the files, once all were read.</summary>
    public abstract long CountRows(DuckSession session, CancellationToken cancel);

    /// <summary>Rows that were set aside so far. Default: none.</summary>
    public virtual long Rejected => 0;

    /// <summary>Finishes what goes with a read that came to its end.</summary>
    /// <exception cref="QuernException">QN3005: more rows were set aside than are allowed.</exception>
    public virtual void Judge(Run run)
    {
    }

    /// <summary>Puts in place what goes with a read, however it ended: rows that were set aside. Default: nothing.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Reads rows again, with their places. Default: rows of the relation, which has no places but their numbers.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="numbers">Which of the rows that were given out, in their order, from 0; ascending.</param>
    public virtual IEnumerable<RowPlace> Places(DuckDatabase database, IReadOnlyList<long> numbers) =>
        RelationRows.Find(database, $"select *, '' as quern_file, 0::bigint as quern_row from {Relation}", numbers)
            .Select((row, i) => new RowPlace("-", Name, string.Create(CultureInfo.InvariantCulture, $"row {numbers[i] + 1:N0} of {Name}"))
            {
                Line = numbers[i] + 1,
                Raw = row.Raw,
            });

    /// <summary>Where the source sets rows aside that it cannot read; null when the first one ends the run. Default: null.</summary>
    public virtual CsvRejects? Rejects => null;

    /// <summary>Forgets what was counted and set aside, because the rows are read again from the first on. Default: nothing.</summary>
    public virtual void Restart()
    {
    }

    /// <summary>What was found out about the inputs and not said by the caller, line by line. Default: nothing.</summary>
    public virtual IEnumerable<string> Findings => [];

    /// <summary>What <c>--explain</c> says of it.</summary>
    public abstract IEnumerable<string> Lines();

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Rows that are read in order come to one thread of the engine, so it writes them in that order without being told to
    /// keep it, which would have it copy them once more. Default: false.</summary>
    public virtual bool ComesInOneStream => false;
}
