using Quern.Delivery.Postgres.Address;

namespace Quern.Loading.Benchmark;

/// <summary>What is to be measured, and where.</summary>
public sealed record LoadBenchRequest
{
    /// <summary>The table that is made for it where no other name is given.</summary>
    public const string UsualTable = "quern_bench_load";

    /// <summary>Every method, in the order in which they run: <c>psql</c> and <c>server</c> only with <see cref="WithPsql"/>.</summary>
    public static IReadOnlyList<string> AllMethods { get; } =
        ["copy", "async", "replace", "unlogged", "unlogged-2", "optimized", "standard", "psql", "server"];

    /// <summary>Absolute path that relative ones start from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Files as <see cref="LoadRequest.Inputs"/> has them. Default: none, rows are made up.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>A database: <c>postgres://user@host:port/database</c> or <c>service=NAME</c>.</summary>
    public required string To { get; init; }

    /// <summary>A table that is not there: it is made, and dropped at the end. Default: <see cref="UsualTable"/>.</summary>
    public string Table { get; init; } = UsualTable;

    /// <summary>Rows that are made up. Default: 1,000,000.</summary>
    public long Rows { get; init; } = 1_000_000;

    /// <summary>Other seeds make up other rows. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Times that each method runs. Default: 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Some of <see cref="AllMethods"/>. Default: all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = AllMethods;

    /// <summary>What ratios refer to, one of the methods. Default: null, <c>psql</c> where it runs, else the first.</summary>
    public string? Against { get; init; }

    /// <summary>psql's <c>\copy</c> and the server's own COPY of a file run beside ours, where they can. Default: false.</summary>
    public bool WithPsql { get; init; }

    /// <summary>Columns of shapes, as <see cref="LoadRequest.Geometry"/> has them. Default: none.</summary>
    public IReadOnlyList<string> Geometry { get; init; } = [];

    /// <summary>Absolute path of a file that gets the result as Markdown. Default: null, none.</summary>
    public string? Page { get; init; }

    /// <summary>Threads that read. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Absolute path of the folder for temporary files. Default: null, the system's.</summary>
    public string? TempDirectory { get; init; }

    /// <summary>Folders in which programs are looked for, with colons between, as PATH has them. Default: none.</summary>
    public string ProgramPath { get; init; } = "";

    /// <summary>What stands for parts that an address does not have. Default: no environment.</summary>
    public ConnectionDefaults Connection { get; init; } = ConnectionDefaults.None;
}
