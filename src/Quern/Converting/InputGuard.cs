using Quern.Converting.Sources;
using Quern.Csv.Inference;
using Quern.Delivery;
using Quern.Files;

namespace Quern.Converting;

/// <summary>Keeps what a conversion writes apart from what it reads.</summary>
static class InputGuard
{
    /// <summary>Looks before anything is written.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1113 the output, or the file of rows that are set aside, is an input or
    /// the schema; QN1111 both are the same file; QN2019 the inputs would have to be read twice and come only once.</exception>
    /// <param name="request">What is asked for.</param>
    /// <param name="source">What is read.</param>
    /// <param name="output">Where it goes; null when that is no file.</param>
    public static void Check(ConvertRequest request, Source source, Destination? output)
    {
        if (request.Verify && !source.ComesAgain) throw Once("--verify");
        if (request.Parts is not null && !source.ComesAgain) throw Once("--parts");
        var rejects = request.Rejects is { } path ? Real(Path.GetFullPath(path, request.BaseDirectory)) : null;
        foreach (var file in source.Files.Where(f => f.Path != CsvInference.StandardInput))
        {
            if (output is not null && Destinations.Replaces(output, file.RealPath)) throw Replaced(file.Name, $"the output {output.Name}");
            if (rejects == file.RealPath) throw Replaced(file.Name, $"--rejects {request.Rejects}");
        }
        if (request.Schema is { } schema && Real(Path.GetFullPath(schema, request.BaseDirectory)) is var real)
        {
            if (output is not null && Destinations.Replaces(output, real)) throw Replaced(schema, $"the output {output.Name}");
            if (rejects == real) throw Replaced(schema, $"--rejects {request.Rejects}");
        }
        if (rejects is null || output is null || !Destinations.Replaces(output, rejects)) return;
        throw new QuernException(new Fault("QN1111", "two outputs are the same place")
        {
            Where = "--rejects",
            Value = $"{request.Rejects} and {output.Name}",
            Try = ["name each output once, each in a place of its own"],
            ExitCode = ExitCode.Usage,
        });
    }

    static string Real(string path) => OutputTarget.Of(path, null).Real;

    static QuernException Once(string option) => new(new Fault("QN2019", "an input that comes only once would have to be read twice")
    {
        Where = "standard input",
        Value = option,
        Try = ["write it to a file first, and read that", $"leave {option} out"],
        ExitCode = ExitCode.Usage,
    });

    static QuernException Replaced(string file, string by) => new(new Fault("QN1113", "an input is replaced by an output")
    {
        Where = file,
        Value = by,
        Try = ["write to another place"],
        ExitCode = ExitCode.Usage,
    });
}
