using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quern.Rollups.Serving;

/// <summary>A store over HTTP: POST /query, GET or POST /explain, GET /schema, /health, /metrics, and a page at /.</summary>
public sealed class RollupServer : IAsyncDisposable
{
    const string Json = "application/json";

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The page runs its own script and asks its own server, and nothing else.</summary>
    static readonly (string, string) PagePolicy = (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'");

    readonly ServedStore _store;
    readonly TimeProvider _time;
    readonly ServeMetrics _metrics = new();
    readonly bool _isLocal;
    readonly HttpServer _server;

    RollupServer(ServedStore store, IPEndPoint at, HttpLimits limits, TimeProvider time)
    {
        (_store, _time, _isLocal) = (store, time, IPAddress.IsLoopback(at.Address));
        _server = HttpServer.Start(at, limits, Answer);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _server.EndPoint;

    /// <summary>Begins to serve a store.</summary>
    /// <param name="store">What answers; disposed by the caller, after the server.</param>
    /// <param name="at">Address and port; port 0 for any that is free. On a loopback address only requests to a local name are answered.</param>
    /// <param name="time">Measures how long answers take.</param>
    /// <exception cref="QuernException">QN7520: the address is taken, or not ours.</exception>
    public static RollupServer Start(RollupStore store, IPEndPoint at, TimeProvider time) => Start(new OpenStore(store), at, new HttpLimits(), time);

    /// <summary>Begins to serve.</summary>
    /// <param name="store">What answers.</param>
    /// <param name="at">Address and port; port 0 for any that is free. On a loopback address only requests to a local name are answered, so
    /// that no page of another site reaches it under a name of its own.</param>
    /// <param name="limits">What clients may ask.</param>
    /// <param name="time">Measures how long answers take.</param>
    /// <exception cref="QuernException">QN7520: the address is taken, or not ours.</exception>
    internal static RollupServer Start(ServedStore store, IPEndPoint at, HttpLimits limits, TimeProvider time) => new(store, at, limits, time);

    /// <summary>Stops; answers in the making are cancelled.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    async ValueTask<HttpResponse> Answer(HttpRequest request, CancellationToken cancel)
    {
        if (_isLocal && !IsLocalName(request.Headers.GetValueOrDefault("host", "localhost")))
            return HttpResponse.Text(403, "this is not the name of the server");
        var (path, methods) = request.Path switch
        {
            "/query" => ("/query", "POST"),
            "/explain" => ("/explain", "GET, HEAD, POST"),
            "/" or "/schema" or "/health" or "/metrics" => (request.Path, "GET, HEAD"),
            _ => ("other", ""),
        };
        var response = methods.Length == 0 ? HttpResponse.Text(404, "there are /query, /explain, /schema, /health, /metrics and the page /")
            : methods.Split(", ").Contains(request.Method) ? await Respond(path, request, cancel)
            : HttpResponse.Text(405, $"{path} takes {methods}") with { Headers = [("Allow", methods)] };
        _metrics.Request(path, response.Status);
        return response;
    }

    async ValueTask<HttpResponse> Respond(string path, HttpRequest request, CancellationToken cancel)
    {
        switch (path)
        {
            case "/health":
                return new(200, Json, "{\"status\":\"ok\"}\n"u8.ToArray());
            case "/metrics":
                return new(200, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(_metrics.Text(_server.Connections)));
            case "/schema":
                return new(200, Json, Encoding.UTF8.GetBytes(_store.Schema));
            case "/":
                return new(200, "text/html; charset=utf-8", RollupPage.Bytes) { Headers = [PagePolicy] };
        }
        var query = request.Method == "POST" ? Encoding.UTF8.GetString(request.Body.Span) : request.Value("q") ?? "";
        try
        {
            // On a thread of its own: meanwhile the connection sees whether its client goes.
            return path == "/explain"
                ? new(200, Json, await Task.Run(() => Encoding.UTF8.GetBytes(_store.Explain(query)), cancel))
                : await Task.Run(() => Query(query, request, cancel), cancel);
        }
        catch (QuernException e)
        {
            return new(e.Fault.ExitCode == ExitCode.Usage ? 400 : 422, Json, Body(e.Fault));
        }
    }

    HttpResponse Query(string query, HttpRequest request, CancellationToken cancel)
    {
        if (Format(request) is not { } format) return HttpResponse.Text(400, "format is json, csv or arrow");
        var began = _time.GetTimestamp();
        var answered = _store.Query(query, format, request.Value("rollups") != "false", cancel);
        _metrics.Query(answered.By, _time.GetElapsedTime(began));
        var type = format switch
        {
            AnswerFormat.Csv => "text/csv; charset=utf-8",
            AnswerFormat.Arrow => "application/vnd.apache.arrow.file",
            _ => Json,
        };
        var rows = answered.Rows.ToString(CultureInfo.InvariantCulture);
        return new(200, type, answered.Body) { Headers = [("X-Answered-By", Uri.EscapeDataString(answered.By)), ("X-Rows", rows)] };
    }

    static AnswerFormat? Format(HttpRequest request)
    {
        var accepted = request.Headers.GetValueOrDefault("accept", "");
        return request.Value("format") switch
        {
            "json" => AnswerFormat.Json,
            "csv" => AnswerFormat.Csv,
            "arrow" => AnswerFormat.Arrow,
            null when accepted.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) => AnswerFormat.Csv,
            null when accepted.Contains("arrow", StringComparison.OrdinalIgnoreCase) => AnswerFormat.Arrow,
            null => AnswerFormat.Json,
            _ => null,
        };
    }

    static byte[] Body(Fault fault)
    {
        var error = new JsonObject
        {
            ["code"] = fault.Code,
            ["what"] = fault.What,
            ["where"] = fault.Where,
            ["value"] = fault.Value,
            ["wanted"] = fault.Wanted,
            ["try"] = new JsonArray([.. fault.Try]),
        };
        return Encoding.UTF8.GetBytes(new JsonObject { ["error"] = error }.ToJsonString(Plain) + "\n");
    }

    static bool IsLocalName(string host)
    {
        var name = host.StartsWith('[') ? host[..(host.IndexOf(']', StringComparison.Ordinal) + 1)] : host.Split(':')[0];
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
