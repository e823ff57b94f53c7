using System.Net;
using System.Net.Sockets;

namespace Quern.Live.Tests.Postgres;

/// <summary>Stands between a client and the server, and does to the connection what networks do.</summary>
public sealed class Proxy : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly int _port;
    readonly List<TcpClient> _open = [];
    int _connections;
    volatile bool _isSilent;
    long _sent;

    /// <summary>Starts it in front of a port of the loopback.</summary>
    public Proxy(int port)
    {
        _port = port;
        _listener.Start();
        _ = Accept();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Cuts a connection when so many bytes went from the client to the server. Default: never.</summary>
    public Func<int, long?> CutAfter { get; init; } = _ => null;

    /// <summary>Cuts a connection, with the bytes on their way to the server but no answer back, when the client says this. Default:
    /// never.</summary>
    public Func<int, byte[]?> CutAt { get; init; } = _ => null;

    /// <summary>Keeps a connection open but says nothing more to either side when the client says this. Default: never.</summary>
    public byte[]? SilentFrom { get; init; }

    /// <summary>Bytes that went from clients to the server.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>It has fallen silent.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>The most bytes that go at a time. Default: many.</summary>
    public int Piece { get; init; } = 1 << 16;

    /// <summary>How long each piece waits. Default: not at all.</summary>
    public TimeSpan Delay { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Stop();
        lock (_open)
        {
            foreach (var client in _open) client.Dispose();
        }
    }

    async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                lock (_open) _open.AddRange([client, server]);
                var number = Interlocked.Increment(ref _connections);
                await server.ConnectAsync(IPAddress.Loopback, _port);
                _ = Forward(client, server, CutAfter(number), CutAt(number), isUp: true);
                _ = Forward(server, client, null, null, isUp: false);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end.
        }
    }

    async Task Forward(TcpClient from, TcpClient to, long? most, byte[]? last, bool isUp)
    {
        try
        {
            var (reading, writing) = (from.GetStream(), to.GetStream());
            var buffer = new byte[Piece];
            for (var sent = 0L; await reading.ReadAsync(buffer) is > 0 and var count; sent += count)
            {
                if (SilentFrom is not null && buffer.AsSpan(0, count).IndexOf(SilentFrom) >= 0) _isSilent = true;
                if (_isSilent) await Task.Delay(Timeout.Infinite);
                if (Delay > TimeSpan.Zero) await Task.Delay(Delay);
                var isLast = last is not null && buffer.AsSpan(0, count).IndexOf(last) >= 0;
                // The client hears nothing more, the server hears all.
                if (isLast) from.Dispose();
                await writing.WriteAsync(buffer.AsMemory(0, count));
                if (isUp) Interlocked.Add(ref _sent, count);
                if (isLast) await Task.Delay(TimeSpan.FromMilliseconds(300));
                if (isLast || sent + count > most) break;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or SocketException)
        {
            // One of the two is gone, so is the other.
        }
        from.Dispose();
        to.Dispose();
    }
}
