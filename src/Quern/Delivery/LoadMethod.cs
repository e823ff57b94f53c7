namespace Quern.Delivery;

/// <summary>How rows get into a database.</summary>
public enum LoadMethod
{
    /// <summary>As <see cref="Copy"/>, or <see cref="Async"/> where that was measured to be faster.</summary>
    Auto,

    /// <summary>One COPY in the binary format.</summary>
    Copy,

    /// <summary>Several COPY at once, into a staging table.</summary>
    Async,

    /// <summary>Many rows in an INSERT, where COPY is refused.</summary>
    Optimized,

    /// <summary>A row in an INSERT.</summary>
    Standard,

    /// <summary>Files of COPY in a bucket of S3, which the server imports by itself.</summary>
    S3,

    /// <summary>One file; of SQLite only.</summary>
    SingleFile,

    /// <summary>A folder of files with a manifest, several written at once; of SQLite only.</summary>
    Partitioned,
}
