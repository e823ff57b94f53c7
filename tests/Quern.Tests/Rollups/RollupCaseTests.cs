using Quern.Rollups;
using Quern.Tests.House;

namespace Quern.Tests.Rollups;

/// <summary>The text cases in Cases/rollups: each has a declaration, rows, and queries with what they give. A query is answered by the grain that
/// it names, and once more from all rows.</summary>
public sealed class RollupCaseTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("quern-rollups-").FullName;

    public static TheoryData<string> Cases => [.. Repository.Files.Where(f => Repository.Below(f, "tests/Quern.Tests/Cases/rollups"))];

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Queries_give_what_the_case_says(string path)
    {
        var parts = Repository.Read(path).Split("\n=== ").Skip(1).Select(p => p.Split('\n', 2)).ToList();
        var rows = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(rows, parts.Single(p => p[0] == "rows")[1].TrimEnd('\n') + "\n");
        using var store = TestStore.Build(parts.Single(p => p[0] == "quern.yml")[1], Path.Combine(_folder, "store"), rows);
        Assert.All(parts.Where(p => p[0] is not ("rows" or "quern.yml")), part =>
        {
            var (query, expected) = (part[1].Split("\n---\n")[0], part[1].Split("\n---\n")[1].TrimEnd('\n'));
            foreach (var useRollups in (bool[])[true, false])
            {
                var (by, answer) = Answer(store, query.Trim(), useRollups);
                Assert.Equal(expected, answer);
                if (useRollups && by is not null) Assert.Equal(part[0], by);
            }
        });
    }

    static (string? By, string Text) Answer(RollupStore store, string query, bool useRollups)
    {
        try
        {
            var result = query.StartsWith('{') ? store.Query(query, useRollups) : store.QuerySql(query, useRollups);
            using var csv = new MemoryStream();
            result.WriteCsv(csv);
            return (result.AnsweredBy, System.Text.Encoding.UTF8.GetString(csv.ToArray()).TrimEnd('\n'));
        }
        catch (QuernException e)
        {
            return (null, e.Fault.ToString());
        }
    }
}
