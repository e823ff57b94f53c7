namespace Quern.Delivery.S3;

/// <summary>How S3 is reached. What is not said is found as Amazon's tools find it: in variables, profiles and roles.</summary>
sealed record S3Settings
{
    /// <summary>The usual ones.</summary>
    public static S3Settings Default { get; } = new();

    /// <summary>URL of a server that is not Amazon's. Default: null, as <c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_ENDPOINT_URL</c> or the profile
    /// says, else Amazon's.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The region. Default: null, as <c>AWS_REGION</c> or the profile says; servers of others do without.</summary>
    public string? Region { get; init; }

    /// <summary>Access key and secret. Default: null, as variables, profiles and roles say.</summary>
    public (string Access, string Secret)? Keys { get; init; }

    /// <summary>Bytes of a part of a large object; more for objects of more than 10,000 parts. Default: 16 MiB; at least 5 MiB.</summary>
    public long PartBytes { get; init; } = 16 << 20;

    /// <summary>Parts and objects that are sent at a time. Default: 4.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Tells how old leftovers are. Default: the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
