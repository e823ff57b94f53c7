using System.Buffers;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Inference;
using Quern.Csv.Rejects;
using Quern.Csv.Schemas;
using Quern.Files;
using Quern.Running;

namespace Quern.Converting.Sources;

/// <summary>Finds out what the inputs of a request are.</summary>
/// <param name="run">Takes a step for looking at them.</param>
/// <param name="request">The request.</param>
sealed class SourceFinder(Run run, ConvertRequest request)
{
    /// <summary>What a shell would not take as it stands.</summary>
    static readonly SearchValues<char> Special = SearchValues.Create(" *?[{'");

    /// <summary>The inputs as one source.</summary>
    /// <exception cref="QuernException">QN2001 to QN2009: no file, or one that cannot be read; QN1143: files of several kinds; QN1144: an
    /// option that does not go with their kind.</exception>
    public Source Find()
    {
        using var step = run.Step("look at the inputs");
        if (request.Inputs is [CsvInference.StandardInput]) return Csv(CsvInference.Find(Inference(), run.Cancellation));
        var (inputs, table) = Table();
        var files = InputFiles.Find(request.BaseDirectory, inputs, [.. FileForms.Endings.Select(e => e.Ending)], run.Cancellation);
        var forms = files.Select(file => (File: file, Form: FileForms.Of(file))).ToList();
        var form = forms[0].Form;
        var other = forms.FirstOrDefault(f => f.Form != form);
        if (other.File is not null) throw Mixed(forms[0], other);
        if (form != FileForm.Csv) CheckCsvOptions(files[0]);
        step.Count(0, files.Sum(f => f.SizeBytes));
        return form switch
        {
            FileForm.Csv => Csv(files),
            FileForm.Parquet => new ParquetSource(files),
            FileForm.Arrow => new ArrowSource(files),
            FileForm.DuckDb => files.Count == 1 ? new DatabaseSource(files[0], table) : throw Several(files),
            FileForm.Sqlite => files.Count == 1 ? new SqliteSource(files[0], table) : throw Several(files),
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
    }

    CsvSource Csv(IReadOnlyList<InputFile> files)
    {
        var rejects = request.Rejects is null && request.MaxRejects is null ? null : Rejects(request);
        if (request.Schema is { } path)
        {
            if (request.Hints != new CsvHints()) throw SaidTwice(path);
            return new CsvSource(files, CsvSchema.Load(Path.GetFullPath(path, request.BaseDirectory), path), path, rejects);
        }
        var found = AsTaken(CsvInference.Look(files, Inference(), run.Cancellation).Schema);
        var evidence = found.Evidence!;
        foreach (var doubt in evidence.Doubts) run.Warn("QN4014", doubt);
        var rows = FormattableString.Invariant($"{evidence.Rows:N0} row{(evidence.Rows == 1 ? "" : "s")}");
        var from = evidence.IsAll ? evidence.Rows == 1 ? rows : $"all {rows}" : $"a sample of {rows}";
        var inputs = string.Join(' ', request.Inputs.Select(Quoted));
        return new CsvSource(files, found, from, rejects) { KeepIt = $"quern schema infer {inputs} --all --out schema.yml" };
    }

    /// <summary>Columns that the output takes as text are text.</summary>
    CsvSchema AsTaken(CsvSchema found)
    {
        var names = request.TakenAsText([.. found.Columns.Select(c => new Column(c.Name, c.Type))]);
        return names.Count == 0 ? found : found with
        {
            Columns = [.. found.Columns.Select(
                c => names.Contains(c.Name) ? c with { Type = LogicalType.Of(TypeKind.Varchar), Format = null } : c)],
        };
    }

    /// <summary>Threads whose memory is free; the engine, that takes most of it later, is not there yet.</summary>
    int LookingThreads => (int)Math.Clamp(run.Memory.FreeBytes / 2 / CsvInference.BytesPerThread, 1, request.Threads);

    InferenceRequest Inference() => new()
    {
        BaseDirectory = request.BaseDirectory,
        Inputs = request.Inputs,
        Hints = request.Hints,
        Threads = LookingThreads,
    };

    static string Quoted(string word) => word.AsSpan().IndexOfAny(Special) < 0 ? word : $"'{word}'";

    static QuernException SaidTwice(string path) => new(new Fault("QN1149", "the schema is given, and options about CSV, too")
    {
        Where = "--schema",
        Value = path,
        Wanted = "delimiter, quotes, header and the like in the schema itself",
        Try = ["leave the options about CSV out", "leave --schema out"],
        ExitCode = ExitCode.Usage,
    });

    /// <summary>Where a request wants rows that are set aside.</summary>
    /// <exception cref="QuernException">As <see cref="CheckRejects"/>.</exception>
    public static CsvRejects Rejects(ConvertRequest request)
    {
        var limit = CheckRejects(request);
        return request.Rejects is { } path
            ? new CsvRejects(limit, Path.GetFullPath(path, request.BaseDirectory), request.RejectsName ?? path)
            : new CsvRejects(limit);
    }

    /// <summary>How many rows a request lets be set aside; null for any number.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1005 not a limit; QN1152 a limit of rows that no file takes.</exception>
    public static RejectLimit? CheckRejects(ConvertRequest request)
    {
        if (request.MaxRejects is not { } text) return null;
        if (!RejectLimit.TryParse(text, out var limit))
        {
            throw new QuernException(new Fault("QN1005", "not a limit of rejected rows")
            {
                Where = "--max-rejects",
                Value = $"\"{text}\"",
                Wanted = "a number of rows, or 0% to 100%",
                Try = ["--max-rejects 100", "--max-rejects 0.1%"],
                ExitCode = ExitCode.Usage,
            });
        }
        return request.Rejects is null ? throw Nowhere(text) : limit;
    }

    static QuernException Nowhere(string most) => new(new Fault("QN1152", "rows may be rejected, and no file takes them")
    {
        Where = "--max-rejects",
        Value = $"\"{most}\"",
        Wanted = "--rejects with it: no row is dropped that cannot be read afterwards",
        Try = [$"--rejects rejects.csv --max-rejects {most}", "leave --max-rejects out: the first bad row ends the run"],
        ExitCode = ExitCode.Usage,
    });

    /// <summary>The table behind a colon, where the file in front of it is there.</summary>
    (IReadOnlyList<string> Inputs, string? Table) Table()
    {
        if (request.Inputs is not [var only] || only.LastIndexOf(':') is not (> 0 and var colon)) return (request.Inputs, null);
        if (File.Exists(Path.GetFullPath(only, request.BaseDirectory))) return (request.Inputs, null);
        return ([only[..colon]], only[(colon + 1)..]);
    }

    void CheckCsvOptions(InputFile file)
    {
        var given = request.Schema is not null ? "--schema"
            : request.Rejects is not null ? "--rejects"
            : request.MaxRejects is not null ? "--max-rejects"
            : request.Hints != new CsvHints() ? "options of CSV"
            : null;
        if (given is null) return;
        throw new QuernException(new Fault("QN1144", "an option is for CSV, and the input is not")
        {
            Where = given,
            Value = file.Name,
            Try = [$"leave {given} out"],
            ExitCode = ExitCode.Usage,
        });
    }

    static QuernException Mixed((InputFile File, FileForm Form) one, (InputFile File, FileForm Form) other)
    {
        var glob = Path.Combine(Path.GetDirectoryName(one.File.Name) ?? "", "*" + Path.GetExtension(one.File.Name));
        return new(new Fault("QN1143", "the inputs are of several kinds")
        {
            Value = $"{one.File.Name} is {FileForms.Name(one.Form)}, {other.File.Name} is {FileForms.Name(other.Form)}",
            Wanted = "files of one kind, which are read as one table",
            Try = [$"'{glob}'     takes those of one kind"],
            ExitCode = ExitCode.Usage,
        });
    }

    static QuernException Several(IReadOnlyList<InputFile> files) => new(new Fault("QN1145", "several databases cannot be read as one table")
    {
        Value = string.Join(", ", files.Take(3).Select(f => f.Name)),
        Try = [$"{files[0].Name}:TABLE     one table of one database"],
        ExitCode = ExitCode.Usage,
    });
}
