using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Quern.Rollups.Serving;

/// <summary>Serves HTTP/1.1 on one address: small requests, whole answers, no files, no uploads.</summary>
/// <remarks>Our own, because what a store needs is this little: the server of ASP.NET is a shared framework of its own, which each
/// download and each start of the program would carry, whatever verb it runs.</remarks>
sealed class HttpServer : IAsyncDisposable
{
    const int Backlog = 512;

    /// <summary>How long a stop waits for answers in the making.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly Socket _listener;
    readonly HttpLimits _limits;
    readonly Func<HttpRequest, CancellationToken, ValueTask<HttpResponse>> _answer;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<Task, byte> _connections = [];
    readonly Task _accepting;

    HttpServer(Socket listener, HttpLimits limits, Func<HttpRequest, CancellationToken, ValueTask<HttpResponse>> answer)
    {
        (_listener, _limits, _answer) = (listener, limits, answer);
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _accepting = Task.Run(Accept);
    }

    /// <summary>Where it listens, with the port that was found when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Connections that are open.</summary>
    public int Connections => _connections.Count;

    /// <summary>Begins to listen.</summary>
    /// <param name="at">Address and port; port 0 for any that is free.</param>
    /// <param name="limits">What clients may ask.</param>
    /// <param name="answer">Answers requests, many at once.</param>
    /// <exception cref="QuernException">QN7520: the address is taken, or not ours.</exception>
    public static HttpServer Start(IPEndPoint at, HttpLimits limits, Func<HttpRequest, CancellationToken, ValueTask<HttpResponse>> answer)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(at);
            listener.Listen(Backlog);
            return new(listener, limits, answer);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new QuernException(
                new("QN7520", "the address cannot be listened on")
                {
                    Where = at.ToString(),
                    Value = e.SocketErrorCode switch
                    {
                        SocketError.AddressAlreadyInUse => "another program listens there",
                        SocketError.AccessDenied => "permission denied",
                        SocketError.AddressNotAvailable => "no address of this machine",
                        _ => e.Message,
                    },
                    Try = ["--port names another port, 0 any that is free"],
                    ExitCode = ExitCode.Usage,
                },
                e);
        }
    }

    /// <summary>Stops: no further connections, answers in the making are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAny(Task.WhenAll(_connections.Keys), Task.Delay(Grace, CancellationToken.None));
        _stop.Dispose();
    }

    async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                socket.NoDelay = true;
                var isFull = _connections.Count >= _limits.Connections;
                var connection = new HttpConnection(socket, _limits, isFull ? Full : Safely, _stop.Token);
                var running = Task.Run(connection.Run, CancellationToken.None);
                _connections.TryAdd(running, 0);
                _ = running.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that went before it was met, or no more descriptors: the next one may fare better.
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(10), _stop.Token));
            }
        }
    }

    async ValueTask<HttpResponse> Safely(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await _answer(request, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return HttpResponse.Text(500, "the server failed in a way it does not know");
        }
    }

    static ValueTask<HttpResponse> Full(HttpRequest request, CancellationToken cancel) =>
        new(HttpResponse.Text(503, "too many connections") with { Headers = [("Retry-After", "1")] });
}
