using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quern.Tests.Rollups.Serving;

/// <summary>A client that sends any bytes, and reads answers.</summary>
sealed class HttpClientSocket : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000, SendTimeout = 20_000 };
    readonly byte[] _bytes = new byte[1 << 16];

    public HttpClientSocket(IPEndPoint at) => _socket.Connect(at);

    public HttpClientSocket Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public HttpClientSocket Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[_socket.Send(bytes)..];
        return this;
    }

    /// <summary>Status and body of the next answer; null when the connection was closed instead.</summary>
    public (int Status, string Body)? Read()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (_socket.Receive(_bytes, 1, SocketFlags.None) == 0) return null;
            head.Append((char)_bytes[0]);
        }
        var lines = head.ToString().Split("\r\n");
        var length = int.Parse(lines.First(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal))[16..], System.Globalization.CultureInfo.InvariantCulture);
        var body = new byte[length];
        for (var read = 0; read < length;)
        {
            var some = _socket.Receive(body, read, length - read, SocketFlags.None);
            if (some == 0) return null;
            read += some;
        }
        return (int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetString(body));
    }

    /// <summary>The server has closed the connection, after whatever it still sent.</summary>
    public bool IsClosed()
    {
        try
        {
            while (_socket.Receive(_bytes) > 0)
            {
            }
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    public void Dispose() => _socket.Dispose();
}
