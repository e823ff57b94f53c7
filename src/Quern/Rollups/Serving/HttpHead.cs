using System.Buffers;
using System.Globalization;
using System.Text;

namespace Quern.Rollups.Serving;

/// <summary>The request line and the headers of a request (RFC 9112, sections 2 to 5), read strictly: what could be understood in two ways is
/// refused.</summary>
/// <param name="Request">The request without its body.</param>
/// <param name="BodyBytes">How long the body is.</param>
/// <param name="KeepsOpen">The client wants to send another request.</param>
/// <param name="Problem">The status to answer with when the head cannot be taken; else 0. The connection ends then.</param>
readonly record struct HttpHead(HttpRequest? Request, long BodyBytes, bool KeepsOpen, int Problem)
{
    const int MostHeaders = 100;

    static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>Bytes of a head with the empty line behind it; -1 when it is not whole yet.</summary>
    public static int Length(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        return end < 0 ? -1 : end + 4;
    }

    /// <summary>Reads a head.</summary>
    /// <param name="bytes">As many as <see cref="Length"/> says.</param>
    public static HttpHead Read(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..^2];
        var line = Next(ref bytes);
        if (line.ContainsAnyInRange<byte>(0, 0x1F) || line.Contains((byte)0x7F)) return Bad(400);
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first + 1 || line[..first].ContainsAnyExcept(Token)) return Bad(400);
        var method = Encoding.ASCII.GetString(line[..first]);
        var target = line[(first + 1)..last];
        if (target.Contains((byte)' ') || target[0] != '/') return Bad(400);
        var version = line[(last + 1)..];
        var isNew = version.SequenceEqual("HTTP/1.1"u8);
        if (!isNew && !version.SequenceEqual("HTTP/1.0"u8)) return Bad(version.StartsWith("HTTP/"u8) ? 505 : 400);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        long? length = null;
        while (!bytes.IsEmpty)
        {
            line = Next(ref bytes);
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || line[..colon].ContainsAnyExcept(Token)) return Bad(400);
            var raw = line[(colon + 1)..].Trim(" \t"u8);
            foreach (var b in raw)
                if (b is < 0x20 and not (byte)'\t' or 0x7F) return Bad(400);
            var name = Encoding.ASCII.GetString(line[..colon]);
            var value = Encoding.Latin1.GetString(raw);
            if (name.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase)) return Bad(411);
            if (name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                var isNumber = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytesOfBody);
                if (!isNumber || length is not null) return Bad(400);
                length = bytesOfBody;
            }
            if (headers.Count == MostHeaders) return Bad(431);
            if (!headers.TryAdd(name, value) && name.Equals("host", StringComparison.OrdinalIgnoreCase)) return Bad(400);
        }
        if (isNew && !headers.ContainsKey("host")) return Bad(400);
        var connection = headers.GetValueOrDefault("connection", "");
        var keepsOpen = isNew
            ? !connection.Contains("close", StringComparison.OrdinalIgnoreCase)
            : connection.Contains("keep-alive", StringComparison.OrdinalIgnoreCase);
        var (path, query) = Parts(Encoding.Latin1.GetString(target));
        return new(new(method, path, query, headers, default), length ?? 0, keepsOpen, 0);
    }

    static (string Path, string Query) Parts(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (Uri.UnescapeDataString(target), "") : (Uri.UnescapeDataString(target[..mark]), target[(mark + 1)..]);
    }

    static HttpHead Bad(int status) => new(null, 0, false, status);

    static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n"u8);
        var line = bytes[..end];
        bytes = bytes[(end + 2)..];
        return line;
    }
}
