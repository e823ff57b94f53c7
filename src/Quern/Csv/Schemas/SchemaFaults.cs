using System.Globalization;
using Quern.Files;

namespace Quern.Csv.Schemas;

/// <summary>The faults of schemas, and of files that do not keep them.</summary>
static class SchemaFaults
{
    const int NamesShown = 10;

    public static QuernException UnknownKey(string where, string value, string name, IReadOnlyList<string> known)
    {
        var nearest = NearestName.Of(name, known);
        return Usage("QN4001", "a schema has no key of this name", where, value, string.Join(", ", known),
            [nearest is null ? "take the key out" : $"{nearest}:"]);
    }

    public static QuernException WrongValue(string where, string path, string? value, string wanted) =>
        Usage("QN4002", "the value of a key of a schema does not fit", $"{where}, {path}", value, wanted);

    public static QuernException Replaced(InputFile file) => new(new Fault("QN1113", "an input is replaced by an output")
    {
        Where = file.Name,
        Value = "--out",
        Try = ["--out schema.yml     a file of its own"],
        ExitCode = ExitCode.Usage,
    });

    public static QuernException MissingKey(string where, string path, string wanted) =>
        Usage("QN4002", "a key of a schema is missing", $"{where}, {path}", null, wanted);

    public static QuernException UnknownColumn(CsvFile file, string name, IReadOnlyList<string> known)
    {
        var nearest = NearestName.Of(name, known);
        return Make("QN4003", "a file has a column that the schema does not know", file.Name, $"\"{name}\"", Names(known),
        [
            .. nearest is null ? Array.Empty<string>() : [$"rename it to \"{nearest}\", if it is that one"],
            "quern schema infer     makes a schema of all columns",
            "other_columns: ignore     in the schema passes over such columns",
        ]);
    }

    public static QuernException MissingColumn(CsvFile file, string name, IReadOnlyList<string> header)
    {
        var nearest = NearestName.Of(name, header);
        return Make("QN4004", "a file lacks a column of the schema", file.Name, Names(header), $"\"{name}\"",
        [
            .. nearest is null ? Array.Empty<string>() : [$"rename \"{nearest}\", if it is that one"],
            "optional: true     at the column in the schema makes it NULL there",
        ]);
    }

    public static QuernException NothingThere(IReadOnlyList<InputFile> files) =>
        Make("QN4005", "no file has a record, so there is nothing to infer",
            files.Count == 1 ? files[0].Name : $"{files[0].Name} and {files.Count - 1} more", null, null, ["name files with rows"]);

    public static QuernException Columns(string where, string? name) => name is null
        ? Usage("QN4006", "a schema has no columns", where, null, "one or more")
        : Usage("QN4006", "a schema has a column twice", where, $"\"{name}\"", "each name once, whatever the case of its letters");

    public static QuernException NoVersion(string where) =>
        Usage("QN4007", "the schema does not say which version of its format it has", where, null, null, ["version: 1    as its first line"]);

    public static QuernException OtherWidth(CsvFile file, int cells, int columns) =>
        Make("QN4008", "a file has another number of columns than the schema", file.Name, Count(cells), Count(columns),
            ["is the delimiter right?", "quern schema infer     makes a schema of these files"]);

    public static QuernException NoPartition(CsvFile file, string name) =>
        Make("QN4009", "the folders of a file do not name a partition of the schema", file.Name, null, $"a folder {name}=VALUE above it",
            [$"take the column {name} out of the schema"]);

    public static QuernException OtherDelimiter(CsvFile file, string header, CsvFile usual, byte delimiter) =>
        Make("QN4011", "the files have several delimiters", file.Name, $"\"{header}\"",
            $"delimiter {CsvByte.Shown(delimiter)}, as in {usual.Name}",
            [$"{file.Name}     alone", "--delimiter     if it is the same in all of them"]);

    static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} column{(count == 1 ? "" : "s")}");

    static string Names(IReadOnlyList<string> names) => names.Count <= NamesShown
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more");

    static QuernException Usage(string code, string what, string where, string? value, string? wanted, IReadOnlyList<string>? tries = null) =>
        new(new Fault(code, what) { Where = where, Value = value, Wanted = wanted, Try = tries ?? [], ExitCode = ExitCode.Usage });

    static QuernException Make(string code, string what, string where, string? value, string? wanted, IReadOnlyList<string> tries) =>
        new(new Fault(code, what) { Where = where, Value = value, Wanted = wanted, Try = tries });
}
