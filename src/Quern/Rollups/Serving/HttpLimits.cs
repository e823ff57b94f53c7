namespace Quern.Rollups.Serving;

/// <summary>What a client may ask of a server.</summary>
sealed record HttpLimits
{
    /// <summary>Most bytes of the request line and the headers. Default: 16 KiB.</summary>
    public int HeadBytes { get; init; } = 16 << 10;

    /// <summary>Most bytes of a body. Default: 1 MiB, more than any query.</summary>
    public int BodyBytes { get; init; } = 1 << 20;

    /// <summary>Most connections at once; further ones are answered with 503. Default: 256.</summary>
    public int Connections { get; init; } = 256;

    /// <summary>Longest time from the first byte of a request to its last, and for a client to take an answer. Default: 10 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time between two requests of a connection. Default: 60 seconds.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
}
