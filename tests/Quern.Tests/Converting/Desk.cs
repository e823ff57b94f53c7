using System.Globalization;
using Quern.Budget;
using Quern.Chunks;
using Quern.Converting;
using Quern.Duck;
using Quern.Running;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Converting;

/// <summary>A folder in which files are converted, with DuckDB's own readers to look at what came out.</summary>
sealed class Desk : IDisposable
{
    readonly DuckSession _session = TestDuck.Memory();

    public ScratchFolder Folder { get; } = new();

    /// <summary>What a conversion is asked for here.</summary>
    public ConvertRequest Request(string inputs, string output) => new()
    {
        BaseDirectory = Folder.Path,
        Inputs = inputs.Split(' '),
        Output = output,
        Threads = 2,
        TempDirectory = Folder.Path,
    };

    /// <summary>Converts; throws what it ends with.</summary>
    public RunReport Convert(string inputs, string output, Func<ConvertRequest, ConvertRequest>? more = null, long memory = 1_000_000_000)
    {
        var report = Run(inputs, output, more, memory);
        return report.Cause is { } cause ? throw cause : report;
    }

    /// <summary>Converts; the report says how it ended.</summary>
    public RunReport Run(string inputs, string output, Func<ConvertRequest, ConvertRequest>? more = null, long memory = 1_000_000_000)
    {
        var request = more is null ? Request(inputs, output) : more(Request(inputs, output));
        var run = new Run("convert", new MemoryLedger(new MemorySize(memory)), TimeProvider.System, TestContext.Current.CancellationToken);
        return run.Execute(() =>
        {
            Conversion.Check(request);
            new Conversion(run, request).Make();
        });
    }

    /// <summary>The message of a conversion that fails.</summary>
    public string Fault(string inputs, string output, Func<ConvertRequest, ConvertRequest>? more = null) =>
        Folder.Text(Run(inputs, output, more).Error ?? throw new InvalidOperationException("it did not fail"));

    /// <summary>Runs statements in the engine, in the folder.</summary>
    public void Sql(string sql) => _session.Execute(sql.Replace("@/", Folder.Path + "/", StringComparison.Ordinal));

    /// <summary>Rows of a query in their order, values with bars between, NULL as a dash.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        var rows = new List<string>();
        using var result = _session.Query(sql.Replace("@/", Folder.Path + "/", StringComparison.Ordinal));
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                rows.Add(string.Join('|', Enumerable.Range(0, result.Schema.Count).Select(c => ValueText.Read(chunk[c], row) ?? "-")));
        }
        return rows;
    }

    /// <summary>The types of a query's columns.</summary>
    public string Types(string sql)
    {
        using var result = _session.Query(sql.Replace("@/", Folder.Path + "/", StringComparison.Ordinal) + " limit 0");
        return string.Join(", ", result.Schema.Columns.Select(c => c.Type));
    }

    /// <summary>Writes a CSV file of orders with quotes, NULLs and ties, larger than a block.</summary>
    public void WriteOrders(string name, int rows, int seed = 7)
    {
        var random = new Random(seed);
        Directory.CreateDirectory(Path.GetDirectoryName(Folder[name])!);
        using var writer = new StreamWriter(Folder[name]);
        writer.Write("id,day,shop,amount,note\n");
        for (var i = 0; i < rows; i++)
        {
            var note = (i % 11) switch { 0 => "\"a, b\nc \"\"d\"\"\"", 1 => "", 2 => "ünïcödé", var n => $"note {n} of row {i}, as it was written down".Replace(",", ";", StringComparison.Ordinal) };
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{i},2026-01-{1 + (i * 7 % 28):00},shop-{random.Next(5)},{random.Next(100) / 4.0},{note}\n"));
        }
    }

    public byte[] Bytes(string name) => File.ReadAllBytes(Folder[name]);

    public void Dispose()
    {
        _session.Dispose();
        Folder.Dispose();
    }
}
