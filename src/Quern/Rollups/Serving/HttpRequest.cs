namespace Quern.Rollups.Serving;

/// <summary>A request, whole.</summary>
/// <param name="Method">As it was sent: GET, POST.</param>
/// <param name="Path">Of the target, percent-decoded, without the query.</param>
/// <param name="Query">Behind the question mark, as it was sent; empty when there is none.</param>
/// <param name="Headers">By their names, without regard to case; the first of those that come twice.</param>
/// <param name="Body">The body; valid until the request is answered.</param>
sealed record HttpRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>A value of the query, decoded; null when it is not there.</summary>
    public string? Value(string name)
    {
        foreach (var part in Query.Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !part.AsSpan(0, equals).SequenceEqual(name)) continue;
            return Uri.UnescapeDataString(part[(equals + 1)..].Replace('+', ' '));
        }
        return null;
    }
}
