namespace Quern.Delivery.Sqlite;

/// <summary>How many files a table becomes.</summary>
enum SqliteMethod
{
    /// <summary>One, unless it has more rows than <see cref="SqliteOptions.MaxRows"/> and nothing but a folder was asked for.</summary>
    Optimized,

    /// <summary>One file.</summary>
    SingleFile,

    /// <summary>A folder of files with a manifest.</summary>
    Partitioned,
}
