using System.Globalization;
using System.Text;
using Quern.Delivery;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Files;
using Quern.Running;

namespace Quern.Loading.Benchmark;

/// <summary>Runs the ways into a table of PostgreSQL side by side, in turn, and measures them.</summary>
/// <remarks>The table is made for it, emptied before each load, and dropped. After each load the rows are counted. Each method is tried with
/// a few rows first, so that no load of the table pays for what happens once in a process.</remarks>
/// <param name="run">The run.</param>
/// <param name="request">What is asked for.</param>
public sealed class LoadBench(Run run, LoadBenchRequest request)
{
    const int TrialRows = 500;

    /// <summary>Is told how it goes, line by line. Default: null, nobody.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Checks what can be known before the work begins.</summary>
    /// <exception cref="QuernException">QN1005, exit code 2: a value that is none; QN8260 to QN8262: no address, no table.</exception>
    public static void Check(LoadBenchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var known = LoadBenchRequest.AllMethods;
        if (request.Methods.FirstOrDefault(m => !known.Contains(m)) is { } unknown)
            throw Wrong("--methods", unknown, string.Join(", ", known), NearestName.Of(unknown, known));
        if (request.Against is { } against && !request.Methods.Contains(against))
            throw Wrong("--against", against, "one of the methods that run", null);
        if (request.Rows is < 1 or > 1_000_000_000) throw Wrong("--rows", Number(request.Rows), "1 to 1,000,000,000", null);
        if (request.Rounds is < 1 or > 1000) throw Wrong("--rounds", Number(request.Rounds), "1 to 1,000", null);
        if (request.Inputs.Contains("-")) throw Wrong("SOURCE", "-", "files, which can be read more than once", null);
        PostgresAddress.Parse(request.To, request.Connection);
        TargetName.Parse(request.Table);
        if (request.Page is { } page) AtomicFile.Check(page);
    }

    /// <summary>What <see cref="Make"/> would do.</summary>
    public IEnumerable<string> Explain()
    {
        yield return $"makes table {request.Table} in {PostgresAddress.Parse(request.To, request.Connection).Name}, which must not be there";
        yield return request.Inputs.Count > 0
            ? $"loads {string.Join(", ", request.Inputs)}"
            : $"loads {BenchData.Words(request.Rows, request.Seed)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"by {string.Join(", ", Asked)}: {request.Rounds} times each, in turn");
        yield return "drops the table";
    }

    /// <summary>Does it.</summary>
    /// <exception cref="QuernException">QN8263, exit code 2: the table is there; whatever a load throws. The table is dropped.</exception>
    public LoadBenchReport Make()
    {
        Check(request);
        var address = PostgresAddress.Parse(request.To, request.Connection);
        var name = TargetName.Parse(request.Table);
        try
        {
            using var table = BenchTable.Find(address, name);
            var folder = Directory.CreateDirectory(
                Path.Combine(request.TempDirectory ?? Path.GetTempPath(), $"quern-bench-{Guid.NewGuid():N}"));
            try
            {
                var report = Measure(address, table, folder.FullName);
                if (request.Page is { } page) AtomicFile.Write(page, to => to.Write(Encoding.UTF8.GetBytes(LoadBenchText.Markdown(report))));
                return report;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        catch (Exception e) when (PostgresFaults.Of(e, $"{address.Name}, table {name}") is QuernException fault && fault != e)
        {
            throw fault;
        }
    }

    IEnumerable<string> Asked => request.Methods.Where(m => request.WithPsql || m is not ("psql" or "server"));

    LoadBenchReport Measure(PostgresAddress address, BenchTable table, string folder)
    {
        var (date, machine, before) = (run.Time.GetUtcNow(), BenchMachine.Facts().ToList(), BenchMachine.Load);
        var notes = new List<string>();
        var load = Data(table, folder, notes);
        // All rows once, not measured: makes the table of given files, and gives the file for the rivals.
        using (run.Step("first load"))
        {
            new Load(new Run("bench load", run.Memory, run.Time, run.Cancellation), load).Make();
            if (request.Inputs.Count > 0) table.Claim();
        }
        var rows = table.Rows;
        if (rows == 0) throw Wrong("SOURCE", string.Join(", ", request.Inputs), "files with rows", null);
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.copy");
        var rivals = Asked.Any(m => m is "psql" or "server");
        long bytes;
        using (run.Step("count bytes"))
        using (var copy = rivals ? new FileStream(file, FileMode.CreateNew) : Stream.Null)
            bytes = table.CopyTo(copy);
        if (rivals) LetServerRead(folder, file);
        var entrants = Entrants(address, table, load with { Mode = LoadMode.Append }, rows, file, notes);
        var efforts = Rounds(table, entrants);
        if (!table.IsCheckpointed) notes.Add("the user may not make the server write out what it holds (CHECKPOINT) before each load");
        foreach (var entrant in entrants.Where(e => e.Rows < rows))
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{entrant.Name} loads the first {entrant.Rows:N0} rows only: it is slow"));
        return new LoadBenchReport
        {
            Date = date,
            Server = [.. table.Facts(address)],
            Machine = [.. machine, $"load of the machine: {before} before, {BenchMachine.Load} after"],
            Data = request.Inputs.Count > 0 ? string.Join(", ", request.Inputs) : BenchData.Words(request.Rows, request.Seed),
            Rows = rows,
            CopyBytes = bytes,
            Rounds = request.Rounds,
            Against = Against(entrants, notes),
            Trials = [.. entrants.Zip(efforts, (e, taken) => new LoadTrial(e.Name, e.What, e.Rows, taken))],
            Notes = notes,
        };
    }

    /// <summary>The rows, as files; their table, where we know its columns.</summary>
    LoadRequest Data(BenchTable table, string folder, List<string> notes)
    {
        var load = new LoadRequest
        {
            BaseDirectory = request.BaseDirectory,
            Inputs = request.Inputs,
            To = request.To,
            Table = request.Table,
            Mode = LoadMode.Create,
            Geometry = request.Geometry,
            Threads = request.Threads,
            TempDirectory = request.TempDirectory,
            RetryBudget = TimeSpan.Zero,
            Connection = request.Connection,
        };
        if (request.Inputs.Count > 0) return load;
        var file = Path.Combine(folder, "rows.parquet");
        using (run.Step("make up rows"))
        {
            var query = BenchData.Query(request.Rows, request.Seed);
            var made = load with { Inputs = [query], To = file, Table = null, Mode = null, Geometry = [], RetryBudget = LoadWords.RetryBudget(null) };
            new Load(new Run("bench load", run.Memory, run.Time, run.Cancellation), made).Make();
        }
        if (!table.HasShapes) notes.Add("the database has no PostGIS: shapes are loaded as texts");
        table.Make(BenchData.Columns(table.HasShapes));
        return load with { Inputs = [file], Mode = LoadMode.Append, Geometry = [] };
    }

    List<LoadEntrant> Entrants(
        PostgresAddress address, BenchTable table, LoadRequest load, long rows, string file, List<string> notes)
    {
        var all = new LoadEntrants(run, load, address, table, new Gauge(run.Time), rows);
        var entrants = new List<LoadEntrant>();
        foreach (var method in Asked)
        {
            if (method == "psql")
            {
                if (PsqlProgram.Find(request.ProgramPath) is { } program) entrants.Add(all.Psql(program, file));
                else notes.Add("psql is not installed, and does not run");
            }
            else if (method == "server")
            {
                table.Empty(false);
                if (all.WhyNotServer(file) is { } why) notes.Add($"server does not run: {why}");
                else entrants.Add(all.Server(file));
            }
            else
            {
                entrants.Add(all.Of(method));
            }
        }
        return entrants.Count > 0 ? entrants : throw Wrong("--methods", string.Join(",", request.Methods), "a method that runs here", null);
    }

    List<LoadEffort>[] Rounds(BenchTable table, List<LoadEntrant> entrants)
    {
        var efforts = entrants.Select(_ => new List<LoadEffort>()).ToArray();
        foreach (var entrant in entrants.Where(e => !e.IsWhole)) Go(entrant, Math.Min(entrant.Rows, TrialRows));
        for (var round = 0; round < request.Rounds; round++)
        {
            for (var i = 0; i < entrants.Count; i++)
            {
                // Each round begins with another one, so that none always runs after the same.
                var turn = (i + round) % entrants.Count;
                using var step = run.Step(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: {entrants[turn].Name}"));
                var effort = Go(entrants[turn], entrants[turn].Rows);
                efforts[turn].Add(effort);
                Tell(round, entrants[turn].Name, effort);
            }
        }
        return efforts;

        LoadEffort Go(LoadEntrant entrant, long rows)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            table.Empty(entrant.IsUnlogged);
            var effort = entrant.Go(rows);
            if (table.Rows is var there && there == rows) return effort;
            throw new QuernException(new Fault("QN8101", "the destination does not have the rows that were sent")
            {
                Where = $"method {entrant.Name}, table {request.Table}",
                Value = string.Create(CultureInfo.InvariantCulture, $"{there:N0} rows"),
                Wanted = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows"),
            });
        }
    }

    void Tell(int round, string name, LoadEffort effort)
    {
        var client = effort.CpuSeconds is { } cpu ? FormattableString.Invariant($"  {cpu,6:F2} s CPU  {effort.PeakBytes / 1e6,5:F0} MB") : "";
        Say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}  {name,-10}  {effort.Seconds,8:F3} s{client}"));
    }

    string Against(List<LoadEntrant> entrants, List<string> notes)
    {
        var wanted = request.Against ?? "psql";
        if (entrants.Exists(e => e.Name == wanted)) return wanted;
        if (request.Against is not null) notes.Add($"{wanted} does not run: ratios refer to {entrants[0].Name}");
        return entrants[0].Name;
    }

    /// <summary>The server runs as another user: it may read the file, whose name nobody else can find out.</summary>
    static void LetServerRead(string folder, string file)
    {
        const UnixFileMode pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        const UnixFileMode read = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | pass);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | read);
    }

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    static QuernException Wrong(string where, string value, string wanted, string? near) => new(
        new Fault("QN1005", "not a value of this option")
        {
            Where = where,
            Value = $"\"{value}\"",
            Wanted = wanted,
            Try = near is null ? [] : [near],
            ExitCode = ExitCode.Usage,
        });
}
