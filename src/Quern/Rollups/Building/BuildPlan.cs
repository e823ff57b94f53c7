using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Schemas;
using Quern.Files;
using Quern.Folding.Declared;
using Quern.Folding.Planning;
using Quern.Rollups.Store;

namespace Quern.Rollups.Building;

/// <summary>What a build reads, folds and writes: what explain prints and a build does.</summary>
/// <param name="Fold">The fold, with what the request says in its place.</param>
/// <param name="Files">The files, in the order of their paths.</param>
/// <param name="Store">Absolute path of the store.</param>
sealed record BuildPlan(Fold Fold, IReadOnlyList<InputFile> Files, string Store)
{
    static readonly string[] Endings = [".csv", ".tsv", ".csv.gz", ".csv.zst", ".tsv.gz", ".tsv.zst"];

    /// <summary>How the fold is run.</summary>
    public FoldPlan Folding { get; } = FoldPlanner.Plan(Fold);

    /// <summary>Bytes of the files.</summary>
    public long Bytes => Files.Sum(f => f.SizeBytes);

    /// <summary>The files as a store names them.</summary>
    public IReadOnlyList<SourceFile> Sources => [.. Files.Select(f => new SourceFile(f.Path, f.SizeBytes, f.Modified))];

    /// <summary>Finds out what a request asks for.</summary>
    /// <exception cref="QuernException">What <see cref="FoldDeclarations"/> and <see cref="InputFiles.Find"/> throw; QN7570, exit code 2: no files are
    /// named; QN1005, exit code 2: a fallback of another name.</exception>
    public static BuildPlan Of(RollupBuildRequest request, CancellationToken cancel)
    {
        var folder = Path.GetFullPath(request.ProjectFolder, request.BaseDirectory);
        var fold = FoldDeclarations.Read(folder).Find(request.Fold);
        if (request.Fallback is { } word) fold = fold with { Fallback = Fallback(word) };
        var files = request.Files.Count > 0
            ? InputFiles.Find(request.BaseDirectory, request.Files, Endings, cancel)
            : fold.Source.Files.Count > 0 ? InputFiles.Find(folder, fold.Source.Files, Endings, cancel) : throw NoFiles(fold);
        var store = Path.GetFullPath(request.Store, request.BaseDirectory).TrimEnd('/');
        // Only the kernel shows the rows that it reads to others.
        return fold.Fallback == FallbackKind.Parquet && FoldPlanner.Plan(fold).EngineReason is not null
            ? new BuildPlan(fold, files, store).OverFiles()
            : new BuildPlan(fold, files, store);
    }

    /// <summary>The rows were to be written as Parquet, and cannot be in the pass that folds: the files stand in for it.</summary>
    public bool IsWithoutParquet { get; private init; }

    /// <summary>The same, with the files as what answers other queries.</summary>
    public BuildPlan OverFiles() => this with { Fold = Fold with { Fallback = FallbackKind.Raw }, IsWithoutParquet = true };

    /// <summary>A read of the files, whose headers say where the columns are.</summary>
    /// <exception cref="QuernException">QN4003 to QN4008: a file has not the columns of the source.</exception>
    public CsvRead Read()
    {
        var schema = new CsvSchema { Columns = [.. Fold.Source.Columns.Select(c => new SchemaColumn(c.Name, c.Type))] };
        return schema.ToRead([.. Files.Select(f => new CsvFile(f.Path, f.Name))]);
    }

    /// <summary>The rows of the source.</summary>
    public Schema Rows => new([.. Fold.Source.Columns.Select(c => new Column(c.Name, c.Type))]);

    static FallbackKind Fallback(string word) => word switch
    {
        "parquet" => FallbackKind.Parquet,
        "raw" => FallbackKind.Raw,
        "none" => FallbackKind.None,
        _ => throw new QuernException(new Fault("QN1005", "not a fallback")
        {
            Where = "--fallback",
            Value = $"\"{word}\"",
            Wanted = "parquet, raw or none",
            Try = NearestName.Of(word, ["parquet", "raw", "none"]) is { } near ? [$"--fallback {near}"] : ["--fallback parquet"],
            ExitCode = ExitCode.Usage,
        }),
    };

    static QuernException NoFiles(Fold fold) => new(new Fault("QN7570", "no files are named")
    {
        Where = $"sources: {fold.Source.Name}",
        Try = ["files: data/*.csv     in quern.yml", "--files 'data/*.csv'"],
        ExitCode = ExitCode.Usage,
    });
}
