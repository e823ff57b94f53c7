using Quern.Duck;
using Quern.Projects.Warehouses;
using Quern.Tests.Files;

namespace Quern.Tests.Projects.Warehouses;

/// <summary>What is said of temporary files, of which DuckDB only tells the most since it was opened.</summary>
public sealed class SpillTests
{
    [Fact]
    public void Only_growth_is_a_statement_s_own()
    {
        using var folder = new ScratchFolder();
        using var warehouse = new Warehouse(
            DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 60_000_000, Threads = 1, TempDirectory = folder.Path }), []);
        using var session = warehouse.Connect();
        session.Measures = CostLevel.Spill;
        Assert.Equal(0, Spilled("create table small as select 1"));
        Assert.True(Spilled("create table a as select range::varchar || repeat('x', 40) s from range(2000000) order by hash(range)") > 0);
        Assert.Null(Spilled("create table b as select 1"));

        long? Spilled(string sql)
        {
            session.TakeCosts();
            session.Execute(sql);
            return session.TakeCosts()!.SpillBytes;
        }
    }
}
