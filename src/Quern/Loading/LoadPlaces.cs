namespace Quern.Loading;

/// <summary>Kinds of destinations that options tell apart.</summary>
[Flags]
enum LoadPlaces
{
    /// <summary>No destination.</summary>
    None = 0,

    /// <summary>A table of PostgreSQL.</summary>
    Postgres = 1,

    /// <summary>A table in a SQLite database.</summary>
    Sqlite = 2,

    /// <summary>Several SQLite databases in a folder.</summary>
    Parts = 4,

    /// <summary>A file that is replaced whole: Parquet, CSV, Arrow, a table of DuckDB.</summary>
    File = 8,
}
