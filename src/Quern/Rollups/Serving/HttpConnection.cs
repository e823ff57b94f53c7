using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Quern.Rollups.Serving;

/// <summary>One client: its requests one after the other.</summary>
/// <param name="socket">The connection; closed at the end.</param>
/// <param name="limits">What the client may ask.</param>
/// <param name="answer">Answers requests. Its token is cancelled when the client goes away, or the server stops.</param>
/// <param name="stop">The server stops.</param>
sealed class HttpConnection(
    Socket socket,
    HttpLimits limits,
    Func<HttpRequest, CancellationToken, ValueTask<HttpResponse>> answer,
    CancellationToken stop)
{
    const int FirstBytes = 4096;

    // Bytes that came and belong to no request yet: at the front.
    byte[] _bytes = new byte[FirstBytes];
    int _length;

    /// <summary>Serves the client until it goes, dawdles or sends what is no request. Never throws.</summary>
    public async Task Run()
    {
        try
        {
            while (await Serve())
            {
            }
            // So that a client that still sends reads the last answer, and not that the connection was reset.
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone or too slow, or the server stops: there is nobody to tell.
        }
        finally
        {
            socket.Dispose();
        }
    }

    async Task<bool> Serve()
    {
        var (head, length) = await ReadHead();
        if (length == 0) return false;
        if (head.Problem != 0) return await Refuse(head.Problem);
        if (head.BodyBytes > limits.BodyBytes) return await Refuse(413);
        var all = length + (int)head.BodyBytes;
        using (var slow = Within(limits.Patience))
        {
            if (_length < all && head.Request!.Headers.GetValueOrDefault("expect") is "100-continue")
                await Send("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), slow.Token);
            while (_length < all)
                if (!await Receive(all, slow.Token)) return false;
        }
        var request = head.Request! with { Body = _bytes.AsMemory(length, (int)head.BodyBytes) };
        var response = await Answer(request);
        if (response is null) return false;
        // Who is too many does not stay.
        var keepsOpen = head.KeepsOpen && response.Status != 503;
        await Send(response, keepsOpen, request.Method != "HEAD");
        _bytes.AsSpan(all, _length - all).CopyTo(_bytes);
        _length -= all;
        return keepsOpen;
    }

    /// <summary>The next head and its bytes; 0 bytes when the client has nothing more to ask.</summary>
    async Task<(HttpHead Head, int Bytes)> ReadHead()
    {
        if (_length == 0)
        {
            using var idle = Within(limits.Idle);
            if (!await Receive(FirstBytes, idle.Token)) return default;
        }
        using var slow = Within(limits.Patience);
        while (true)
        {
            var bytes = HttpHead.Length(_bytes.AsSpan(0, _length));
            if (bytes > 0 && bytes <= limits.HeadBytes) return (HttpHead.Read(_bytes.AsSpan(0, bytes)), bytes);
            if (_length >= limits.HeadBytes) return (new(null, 0, false, 431), _length);
            try
            {
                if (!await Receive(_length + 1, slow.Token)) return default;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return (new(null, 0, false, 408), _length);
            }
        }
    }

    /// <summary>Answers; null when the client went away meanwhile.</summary>
    async Task<HttpResponse?> Answer(HttpRequest request)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answering = answer(request, gone.Token);
        if (answering.IsCompletedSuccessfully) return answering.Result;
        var answered = answering.AsTask();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var leaving = Leaves(watching.Token);
        if (await Task.WhenAny(answered, leaving) == leaving && await leaving) await gone.CancelAsync();
        else await watching.CancelAsync();
        try
        {
            return await answered;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Looks, without taking anything, whether the client closes the connection; false when it sends more instead.</summary>
    async Task<bool> Leaves(CancellationToken cancel)
    {
        try
        {
            var one = new byte[1];
            return await socket.ReceiveAsync(one, SocketFlags.Peek, cancel) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task<bool> Refuse(int status)
    {
        await Send(HttpResponse.Text(status, HttpResponse.Reason(status)), keepsOpen: false, hasBody: true);
        return false;
    }

    async Task Send(HttpResponse response, bool keepsOpen, bool hasBody)
    {
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} {HttpResponse.Reason(response.Status)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: {response.ContentType}\r\nContent-Length: {response.Body.Length}\r\n")
            .Append("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
        foreach (var (name, value) in response.Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (!keepsOpen) head.Append("Connection: close\r\n");
        head.Append("\r\n");
        var body = hasBody ? response.Body : default;
        var bytes = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head.ToString(), bytes);
        body.CopyTo(bytes.AsMemory(head.Length));
        using var slow = Within(limits.Patience);
        await Send(bytes, slow.Token);
    }

    async Task Send(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancel)..];
    }

    /// <summary>Takes what comes; false when the client has closed the connection.</summary>
    async Task<bool> Receive(int wanted, CancellationToken cancel)
    {
        if (wanted > _bytes.Length) Array.Resize(ref _bytes, Math.Max(wanted, 2 * _bytes.Length));
        var read = await socket.ReceiveAsync(_bytes.AsMemory(_length), SocketFlags.None, cancel);
        _length += read;
        return read > 0;
    }

    CancellationTokenSource Within(TimeSpan time)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        source.CancelAfter(time);
        return source;
    }
}
