namespace Quern.Delivery.S3;

/// <summary>An object in a bucket, or what the names of several begin with.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">Name of the object, or the beginning of names up to the last slash.</param>
sealed record S3Url(string Bucket, string Key)
{
    const string Scheme = "s3://";

    /// <summary>True when a text means S3.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>s3://bucket/key</c>.</summary>
    /// <exception cref="QuernException">QN1119, exit code 2: there is no bucket, or nothing behind it.</exception>
    public static S3Url Parse(string text)
    {
        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        // Dots alone are names to S3 and folders to those who download.
        if (slash > 0 && slash < rest.Length - 1 && !rest[(slash + 1)..].Split('/').Any(part => part is "." or ".."))
            return new S3Url(rest[..slash], rest[(slash + 1)..]);
        throw new QuernException(new Fault("QN1119", "the place in S3 is not complete")
        {
            Where = "--to",
            Value = $"\"{text}\"",
            Wanted = "s3://BUCKET/NAME.ENDING, or s3://BUCKET/FOLDER/",
            Try = ["--to s3://bucket/summary.parquet", "--to s3://bucket/summary.sqlite/     several files and their manifest"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <summary>The last part of the key.</summary>
    public string LastPart => Key.TrimEnd('/')[(Key.TrimEnd('/').LastIndexOf('/') + 1)..];
}
