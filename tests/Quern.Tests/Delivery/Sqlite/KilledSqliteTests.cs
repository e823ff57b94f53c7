using System.Diagnostics;
using System.Globalization;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

/// <summary>Tables in SQLite are wholly old or wholly new after kill -9 at any moment; see <see cref="SqliteRewriter"/>.</summary>
public sealed class KilledSqliteTests : IDisposable
{
    const int Kills = 50;
    const int LeastKills = 8;

    /// <summary>No further process is started after that.</summary>
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(40);

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Tables_are_wholly_old_or_wholly_new_after_kill_9()
    {
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        _scratch.Write("old.sqlite");
        var (interrupted, kills) = (0, 0);
        var clock = Stopwatch.StartNew();
        while (kills < Kills && (clock.Elapsed < Budget || kills < LeastKills))
        {
            kills++;
            RunAndKill(TimeSpan.FromMilliseconds(random.NextDouble() * 60));
            var context = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, kill {kills}");
            if (_scratch.TopNames().Any(n => n.Contains(".quern-tmp", StringComparison.Ordinal) || n.EndsWith("-journal", StringComparison.Ordinal)))
                interrupted++;
            AssertWhole([_scratch["old.sqlite"]], context);
            if (File.Exists(_scratch["new.sqlite"])) AssertWhole([_scratch["new.sqlite"]], context);
            Assert.True(File.Exists(_scratch["parts.sqlite/manifest.json"]), $"{context}: there is no manifest");
            AssertWhole(Directory.GetFiles(_scratch["parts.sqlite"], "*.sqlite"), context);
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}: {interrupted} of {kills} kills met an output in the making; {Kills} are wanted within {Budget.TotalSeconds} s"));
        Assert.True(interrupted > kills / 2, $"only {interrupted} of {kills} kills met an output in the making");
        // A journal that was begun and holds nothing yet stays until somebody writes.
        SqliteShell.Run(_scratch["old.sqlite"], "pragma user_version = 1");
        Quern.Files.AtomicFile.Create(_scratch["new.sqlite"]).Dispose();
        Quern.Files.AtomicFolder.Create(_scratch["parts.sqlite"]).Dispose();
        Assert.Empty(_scratch.TopNames().Except(["new.sqlite", "old.sqlite", "parts.sqlite"]));
    }

    /// <summary>One generation, all of its rows, and nothing else.</summary>
    static void AssertWhole(string[] files, string context)
    {
        var rows = 0;
        int? generation = null;
        foreach (var file in files)
        {
            // Opening it takes back what was not committed.
            var line = Assert.Single(SqliteShell.Run(file, "select min(g), max(g), count(*), (select * from pragma_integrity_check) from t")).Split('|');
            Assert.True(line[0] == line[1] && line[3] == "ok", $"{context}: {file} holds {string.Join(", ", line)}");
            var found = int.Parse(line[0], CultureInfo.InvariantCulture);
            Assert.True((generation ?? found) == found, $"{context}: {file} is of generation {found}, another of {generation}");
            generation = found;
            rows += int.Parse(line[2], CultureInfo.InvariantCulture);
        }
        Assert.True(rows == SqliteRewriter.Rows(generation!.Value), $"{context}: {files[0]} and its like hold {rows} rows of generation {generation}");
    }

    void RunAndKill(TimeSpan after)
    {
        using var child = Process.Start(SqliteRewriter.Start(_scratch.Path))!;
        try
        {
            Assert.Equal("ready", child.StandardOutput.ReadLine());
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < after && !child.HasExited) Thread.Yield();
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }
}
