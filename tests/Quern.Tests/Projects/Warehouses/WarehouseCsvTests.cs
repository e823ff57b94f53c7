using Quern.Duck;
using Quern.Projects.Warehouses;
using Quern.Tests.Files;

namespace Quern.Tests.Projects.Warehouses;

/// <summary><c>quern_csv</c> in the SQL of projects.</summary>
public sealed class WarehouseCsvTests
{
    [Fact]
    public void Every_session_knows_quern_csv_and_relative_paths_mean_what_they_mean_for_read_csv()
    {
        using var folder = new ScratchFolder();
        folder.Write("a.csv", "id,note\n1,\"x\ny\"\n");
        folder.Write("b.csv", "id,note\n2,z\n");
        var path = Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, folder.Path), "*.csv");
        using var warehouse = new Warehouse(
            DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 100_000_000, Threads = 2, TempDirectory = folder.Path }), []);
        using var first = warehouse.Connect();
        using var second = warehouse.Connect();
        var expected = Rows(first, $"read_csv({Sql.Text(path)}, all_varchar = true)");
        Assert.Equal(2, expected.Count);
        Assert.Equal(expected, Rows(first, $"quern_csv({Sql.Text(path)})"));
        Assert.Equal(expected, Rows(second, $"quern_csv({Sql.Text(path)})"));
        first.Execute($"create view v as select * from quern_csv({Sql.Text(path)})");
        Assert.Equal(expected, Rows(second, "v"));
    }

    static List<string> Rows(WarehouseSession session, string from) =>
        [.. session.Query($"select id || ':' || note from {from} order by 1").Rows.Select(r => (string)r[0]!)];
}
