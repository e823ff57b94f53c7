using Npgsql;
using Quern.Delivery;
using Quern.Delivery.Postgres.Address;
using Quern.Running;

namespace Quern.Loading.Benchmark;

/// <summary>The methods that a request names.</summary>
/// <param name="run">The run.</param>
/// <param name="load">Appends the rows to the table by the method that suits them.</param>
/// <param name="address">The database.</param>
/// <param name="table">The table.</param>
/// <param name="gauge">Measures.</param>
/// <param name="rows">Rows of the data.</param>
sealed class LoadEntrants(Run run, LoadRequest load, PostgresAddress address, BenchTable table, Gauge gauge, long rows)
{
    /// <summary>What slow methods load of more rows: enough for some seconds.</summary>
    const long MostRowsOfInsert = 200_000, MostRowsOfSingleRows = 20_000;

    /// <summary>The method of a name that sends rows of ours.</summary>
    /// <param name="name">One of <see cref="LoadBenchRequest.AllMethods"/> but psql and server.</param>
    public LoadEntrant Of(string name) => name switch
    {
        "copy" => Loaded(name, "COPY over one connection, in one transaction", rows, load with { Method = LoadMethod.Copy }),
        "async" => Loaded(name, "COPY over two connections into UNLOGGED staging, then moved in one transaction", rows,
            load with { Method = LoadMethod.Async, Connections = 2 }),
        "replace" => Loaded(name, "--mode replace: COPY over one connection into UNLOGGED staging, then all rows are replaced", rows,
            load with { Method = LoadMethod.Copy, Mode = LoadMode.Replace }),
        "unlogged" => Bare(name, "COPY over one connection into an UNLOGGED table, nothing moved", 1),
        "unlogged-2" => Bare(name, "COPY over two connections into an UNLOGGED table, nothing moved", 2),
        "optimized" => Loaded(name, "INSERT of 10,000 rows", Math.Min(rows, MostRowsOfInsert), load with { Method = LoadMethod.Optimized }),
        "standard" => Loaded(name, "INSERT of one row, prepared, in one transaction", Math.Min(rows, MostRowsOfSingleRows),
            load with { Method = LoadMethod.Standard }),
        _ => throw new ArgumentException($"no method is called {name}", nameof(name)),
    };

    /// <summary>psql's <c>\copy</c> of a file.</summary>
    public LoadEntrant Psql(string program, string file) => new(
        "psql", @"psql \copy of a file of COPY BINARY: decodes nothing; a whole process", rows,
        _ => gauge.Program(PsqlProgram.Copy(program, address, table.Name, file), run.Cancellation))
    { IsWhole = true };

    /// <summary>The server's own COPY of a file.</summary>
    public LoadEntrant Server(string file) =>
        new("server", "the server's COPY of the same file, which it reads by itself: no client", rows,
            _ => gauge.Server(() => table.CopyFrom(file)))
        {
            IsWhole = true,
        };

    /// <summary>Whether the server can read the file; the reason when it cannot.</summary>
    public string? WhyNotServer(string file)
    {
        try
        {
            table.CopyFrom(file);
            return null;
        }
        catch (PostgresException e)
        {
            return e.MessageText;
        }
    }

    LoadEntrant Loaded(string name, string what, long most, LoadRequest request) => new(name, what, most, count => gauge.Own(() =>
    {
        var own = new Run("bench load", run.Memory, run.Time, run.Cancellation);
        new Load(own, request).Open((database, _, source, destination, _, shipment) =>
        {
            using var staged = destination.Stage(database, Some(shipment, count), run.Cancellation);
            staged?.Commit();
            source.Complete();
        });
    }));

    LoadEntrant Bare(string name, string what, int connections) => new(name, what, rows, count => gauge.Own(() =>
    {
        var own = new Run("bench load", run.Memory, run.Time, run.Cancellation);
        new Load(own, load with { Connections = connections }).Open((database, _, source, _, _, shipment) =>
        {
            new UnloggedCopies(address, table.Name, connections).Stage(database, Some(shipment, count), run.Cancellation);
            source.Complete();
        });
    }))
    { IsUnlogged = true };

    /// <summary>The first rows, where not all are asked for.</summary>
    Shipment Some(Shipment shipment, long count) => count >= rows
        ? shipment
        : shipment with
        {
            Relation = FormattableString.Invariant($"(select * from {shipment.Relation} limit {count})"),
            ExpectedRows = count,
        };
}
