using System.Net;
using System.Net.Sockets;
using System.Text;
using Quern.Rollups.Serving;

namespace Quern.Tests.Rollups.Serving;

public sealed class HttpServerTests
{
    static readonly HttpLimits Hasty = new()
    {
        Patience = TimeSpan.FromMilliseconds(300),
        Idle = TimeSpan.FromMilliseconds(300),
        Connections = 4,
        BodyBytes = 1000,
    };

    [Fact]
    public async Task Answers_requests_of_a_connection_one_after_the_other_also_when_they_come_at_once()
    {
        await using var server = Start(new());
        using var client = new HttpClientSocket(server.EndPoint);
        client.Send(Get("/a?b=1%202")).Send("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + Get("/c%C3%A4"));
        Assert.Equal((200, "GET /a b=1%202 \n"), client.Read());
        Assert.Equal((200, "POST /p  hello\n"), client.Read());
        Assert.Equal((200, "GET /cä  \n"), client.Read());
        client.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.Equal(200, client.Read()?.Status);
        Assert.True(client.IsClosed());
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte()
    {
        await using var server = Start(new());
        using var client = new HttpClientSocket(server.EndPoint);
        foreach (var c in "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi") client.Send(c.ToString());
        Assert.Equal((200, "POST /p  hi\n"), client.Read());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET http://x/ HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("G\0T / HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413)]
    [InlineData("\r\n\r\n", 400)]
    public async Task A_head_that_can_be_understood_in_two_ways_or_not_at_all_is_refused(string request, int status)
    {
        await using var server = Start(Hasty);
        using var client = new HttpClientSocket(server.EndPoint);
        client.Send(request);
        Assert.Equal(status, client.Read()?.Status);
        Assert.True(client.IsClosed());
    }

    [Fact]
    public async Task A_head_without_end_is_refused()
    {
        await using var server = Start(Hasty);
        using var client = new HttpClientSocket(server.EndPoint);
        client.Send(new string('x', 20_000));
        Assert.Equal(431, client.Read()?.Status);
    }

    [Fact]
    public async Task A_client_that_dawdles_is_left()
    {
        await using var server = Start(Hasty);
        using var head = new HttpClientSocket(server.EndPoint);
        using var body = new HttpClientSocket(server.EndPoint);
        using var silent = new HttpClientSocket(server.EndPoint);
        head.Send("GET / HTT");
        body.Send("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
        Assert.Equal(408, head.Read()?.Status);
        Assert.True(body.IsClosed());
        Assert.True(silent.IsClosed());
        await Serves(server);
    }

    [Fact]
    public async Task A_client_that_does_not_take_its_answer_is_left()
    {
        await using var server = HttpServer.Start(Any, Hasty, (_, _) => new(new HttpResponse(200, "text/plain", new byte[50_000_000])));
        using var client = new HttpClientSocket(server.EndPoint);
        client.Send(Get("/"));
        await Until(() => server.Connections == 1);
        await Until(() => server.Connections == 0);
    }

    [Fact]
    public async Task Who_is_too_many_is_told_so()
    {
        await using var server = Start(Hasty with { Idle = TimeSpan.FromSeconds(30) });
        var clients = Enumerable.Range(0, 4).Select(_ => new HttpClientSocket(server.EndPoint)).ToList();
        await Until(() => server.Connections == 4);
        using (var fifth = new HttpClientSocket(server.EndPoint))
        {
            fifth.Send(Get("/"));
            Assert.Equal((503, "too many connections\n"), fifth.Read());
            Assert.True(fifth.IsClosed());
        }
        foreach (var client in clients) client.Dispose();
        await Serves(server);
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_is_cancelled()
    {
        var cancelled = new TaskCompletionSource();
        await using var server = HttpServer.Start(Any, new(), async (_, cancel) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                cancelled.SetResult();
            }
            return HttpResponse.Text(200, "never");
        });
        using (var client = new HttpClientSocket(server.EndPoint)) client.Send(Get("/slow"));
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_failure_is_an_answer_and_not_the_end()
    {
        await using var server = HttpServer.Start(Any, new(), (request, _) => throw new InvalidOperationException(request.Path));
        using var client = new HttpClientSocket(server.EndPoint);
        for (var i = 0; i < 3; i++)
        {
            client.Send(Get("/secret"));
            Assert.Equal((500, "the server failed in a way it does not know\n"), client.Read());
        }
    }

    [Fact]
    public async Task Garbage_does_not_bring_it_down()
    {
        await using var server = Start(Hasty with { Connections = 64 });
        var random = new Random(7);
        string[] words =
        [
            "GET ", "POST ", "/", " HTTP/1.1", "\r\n", "\r\n\r\n", "Host: a", "Content-Length: ", "5", "\0", "%", "%zz", "%C3%28", " ", ":", "é", "?",
            "Expect: 100-continue\r\n",
        ];
        for (var i = 0; i < 500; i++)
        {
            using var client = new HttpClientSocket(server.EndPoint);
            try
            {
                var bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                if (i % 2 == 0) client.Send(bytes);
                else client.Send(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => words[random.Next(words.Length)])));
            }
            catch (SocketException)
            {
                // It has hung up already: so it should.
            }
        }
        await Serves(server);
    }

    [Fact]
    public async Task Ten_thousand_requests_of_many_clients_get_their_own_answers()
    {
        await using var server = Start(new());
        await Parallel.ForAsync(0, 20, TestContext.Current.CancellationToken, (c, _) =>
        {
            using var client = new HttpClientSocket(server.EndPoint);
            for (var i = 0; i < 500; i++)
            {
                var body = $"{c}-{i}-{new string('x', i)}";
                client.Send($"POST /q HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}");
                Assert.Equal((200, $"POST /q  {body}\n"), client.Read());
            }
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_says_so()
    {
        await using var server = Start(new());
        var fault = Assert.Throws<QuernException>(() => HttpServer.Start(server.EndPoint, new(), (_, _) => default)).Fault;
        Assert.Equal(
            $"""
            error QN7520: the address cannot be listened on
              where   {server.EndPoint}
              value   another program listens there
              try     --port names another port, 0 any that is free
            """,
            fault.ToString());
    }

    [Fact]
    public void Values_of_a_query_are_decoded()
    {
        var request = new HttpRequest("GET", "/", "a=1&q=a%20b+c&empty=", new Dictionary<string, string>(), default);
        Assert.Equal(("1", "a b c", "", null), (request.Value("a"), request.Value("q"), request.Value("empty"), request.Value("none")));
    }

    static IPEndPoint Any => new(IPAddress.Loopback, 0);

    static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n";

    // Says what it was asked, at times after a while.
    static HttpServer Start(HttpLimits limits) => HttpServer.Start(Any, limits, async (request, _) =>
    {
        if (request.Body.Length % 3 == 1) await Task.Yield();
        return HttpResponse.Text(200, $"{request.Method} {request.Path} {request.Query} {Encoding.UTF8.GetString(request.Body.Span)}");
    });

    static async Task Serves(HttpServer server)
    {
        await Until(() => server.Connections == 0);
        using var client = new HttpClientSocket(server.EndPoint);
        Assert.Equal((200, "GET /health  \n"), client.Send(Get("/health")).Read());
    }

    static async Task Until(Func<bool> holds)
    {
        for (var i = 0; i < 2000 && !holds(); i++) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(holds());
    }
}
