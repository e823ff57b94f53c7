using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Quern.Rollups.Serving;
using Quern.Tests.Files;

namespace Quern.Tests.Rollups.Serving;

/// <summary>A real store behind a server.</summary>
public sealed class OpenStoreTests : IDisposable
{
    const string Declared =
        """
        version: 1
        sources:
          events:
            files: events.csv
            columns: {ts: epoch_ms, type: varchar, price: double}
        folds:
          events:
            from: events
            derive: {day: day(ts)}
            measures: [count, {of: price, keep: [sum, count]}]
            grains: {day_type: [day, type], by_type: [type]}
        """;

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Answers_queries_with_the_grain_that_did_and_says_why()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => $"{1_704_067_200_000L + (i * 1_000_000L)},{(i % 3 == 0 ? "click" : "view")},{(i % 2 == 0 ? "0.5" : "")}\n");
        var csv = _scratch.Write("events.csv", "ts,type,price\n" + string.Concat(rows));
        using var store = TestStore.Build(Declared, _scratch["store"], csv);
        await using var server = RollupServer.Start(new OpenStore(store), new(IPAddress.Loopback, 0), new(), TimeProvider.System);
        using var client = new HttpClientSocket(server.EndPoint);
        Assert.Equal((200, "type,SUM(price)\nclick,83.5\nview,166.5\n"), Ask("/query?format=csv", "select type, sum(price) from events group by type order by type"));
        var json = """{"select": ["type", {"COUNT": "*"}], "from": "events", "group_by": ["type"], "order_by": [{"col": "type"}]}""";
        Assert.Equal((200, "[\n{\"type\":\"click\",\"COUNT(*)\":334},\n{\"type\":\"view\",\"COUNT(*)\":666}\n]\n"), Ask("/query", json));
        var why = JsonNode.Parse(Ask("/explain", json).Body)!;
        Assert.Equal("by_type", (string?)why["answered_by"]);
        Assert.Equal(2, why["candidates"]!.AsArray().Count);
        Assert.Equal(400, Ask("/query", """{"select": ["tipe"], "from": "events"}""").Status);
        Assert.Equal(400, Ask("/query", "").Status);
        var schema = JsonNode.Parse(client.Send("GET /schema HTTP/1.1\r\nHost: localhost\r\n\r\n").Read()!.Value.Body)!;
        Assert.Equal(["ts", "type", "price", "day"], schema["columns"]!.AsArray().Select(c => (string)c!["name"]!));
        Assert.Equal(1000, (long)schema["rows"]!);

        (int Status, string Body) Ask(string path, string query) => client
            .Send($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Encoding.UTF8.GetByteCount(query)}\r\n\r\n{query}").Read()!.Value;
    }
}
