using System.Net;
using System.Text;
using Quern.Rollups.Serving;

namespace Quern.Tests.Rollups.Serving;

public sealed class RollupServerTests
{
    [Theory]
    [InlineData("GET /health", "", 200, "{\"status\":\"ok\"}\n")]
    [InlineData("GET /schema", "", 200, "{\"table\":\"events\"}")]
    [InlineData("POST /query", "{}", 200, "Json True {}")]
    [InlineData("POST /query?format=csv&rollups=false", "select", 200, "Csv False select")]
    [InlineData("POST /query?format=arrow", "select", 200, "Arrow True select")]
    [InlineData("POST /query?format=xml", "select", 400, "format is json, csv or arrow\n")]
    [InlineData("POST /explain", "{}", 200, "why {}")]
    [InlineData("GET /explain?q=select%201", "", 200, "why select 1")]
    [InlineData("GET /query", "", 405, "/query takes POST\n")]
    [InlineData("DELETE /", "", 405, "/ takes GET, HEAD\n")]
    [InlineData("GET /../etc/passwd", "", 404, "there are /query, /explain, /schema, /health, /metrics and the page /\n")]
    [InlineData("POST /query", "wrong", 400, "{\"error\":{\"code\":\"QN9999\",\"what\":\"wrong\",\"where\":\"$.select\",\"value\":null,\"wanted\":null,\"try\":[\"ü\"]}}\n")]
    [InlineData("POST /query", "damaged", 422, "{\"error\":{\"code\":\"QN9999\",\"what\":\"damaged\",\"where\":\"$.select\",\"value\":null,\"wanted\":null,\"try\":[\"ü\"]}}\n")]
    [InlineData("POST /query", "broken", 500, "the server failed in a way it does not know\n")]
    public async Task Answers(string request, string body, int status, string answer)
    {
        await using var server = Start();
        using var client = new HttpClientSocket(server.EndPoint);
        Assert.Equal((status, answer), client.Send(Message(request, body, "localhost:8080")).Read());
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:1", 200)]
    [InlineData("127.0.0.1:8080", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("10.0.0.1", 403)]
    public async Task A_local_server_answers_to_local_names_only(string host, int status)
    {
        await using var server = Start();
        using var client = new HttpClientSocket(server.EndPoint);
        Assert.Equal(status, client.Send(Message("GET /health", "", host)).Read()?.Status);
    }

    [Fact]
    public async Task Counts_what_it_does()
    {
        await using var server = Start();
        using var client = new HttpClientSocket(server.EndPoint);
        for (var i = 0; i < 3; i++) client.Send(Message("POST /query", "{}", "localhost")).Read();
        client.Send(Message("GET /made-up", "", "localhost")).Read();
        var text = client.Send(Message("GET /metrics", "", "localhost")).Read()!.Value.Body;
        Assert.Contains("quern_connections 1\n", text, StringComparison.Ordinal);
        Assert.Contains("quern_requests_total{path=\"/query\",status=\"200\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("quern_requests_total{path=\"other\",status=\"404\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("quern_queries_total{by=\"day\\\"type\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("quern_query_seconds_bucket{le=\"+Inf\"} 3\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_asks_nothing_of_other_servers()
    {
        await using var server = Start();
        using var client = new HttpClientSocket(server.EndPoint);
        var page = client.Send(Message("GET /", "", "localhost")).Read()!.Value.Body;
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
    }

    static RollupServer Start() => RollupServer.Start(new Fake(), new(IPAddress.Loopback, 0), new(), TimeProvider.System);

    static string Message(string request, string body, string host) =>
        $"{request} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    sealed class Fake : ServedStore
    {
        public override string Schema => "{\"table\":\"events\"}";

        public override Answered Query(string query, AnswerFormat format, bool useRollups, CancellationToken cancel)
        {
            if (query is "broken") throw new InvalidOperationException("a secret");
            if (query is "wrong" or "damaged")
            {
                throw new QuernException(new("QN9999", query)
                {
                    Where = "$.select",
                    Try = ["ü"],
                    ExitCode = query == "wrong" ? ExitCode.Usage : ExitCode.Failed,
                });
            }
            return new("day\"type", 1, Encoding.UTF8.GetBytes($"{format} {useRollups} {query}"));
        }

        public override string Explain(string query) => $"why {query}";
    }
}
