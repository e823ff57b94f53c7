using System.Globalization;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Materializations;

namespace Quern.Models.External;

/// <summary>Where and how a model writes its file, as its configuration says (specification section 3.7).</summary>
sealed class ExternalFormat
{
    static readonly string[] Texts = ["delimiter", "delim", "sep", "quote", "escape", "null", "nullstr"];

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="QuernException">QN7260: a format that is not known.</exception>
    public ExternalFormat(Build build)
    {
        var config = build.Config;
        var options = (config["options"] as Dict)?.Copy() ?? new Dict();
        var given = config.Text("location") is { Length: > 0 } text ? build.Render(text) : null;
        Name = Known(build, config.Text("format") ?? options["format"] as string, given);
        Location = given ?? Path.Combine(build.ExternalRoot, $"{build.Target.Identifier}.{Name}");
        if (config["delimiter"] is { } delimiter && !options.ContainsKey("delimiter")) options["delimiter"] = delimiter;
        Partitions = Names(options["partition_by"]) ?? Names(config["partition_by"]) ?? [];
        IsFolder = Partitions.Count > 0 || options["per_thread_output"] is true || options["file_size_bytes"] is not null;
        CopyOptions = string.Join(", ", [$"format {Name}", .. Options(options)]);
        Delimiter = options["delimiter"] as string ?? options["delim"] as string ?? options["sep"] as string;
    }

    /// <summary><c>parquet</c>, <c>csv</c> or <c>json</c>.</summary>
    public string Name { get; }

    /// <summary>The file or folder as the project names it.</summary>
    public string Location { get; }

    /// <summary>Columns whose values are folders.</summary>
    public IReadOnlyList<string> Partitions { get; }

    /// <summary>Whether it is a folder of files.</summary>
    public bool IsFolder { get; }

    /// <summary>What stands in the parentheses of COPY.</summary>
    public string CopyOptions { get; }

    /// <summary>The delimiter of CSV; null for the default.</summary>
    public string? Delimiter { get; }

    /// <summary>Whether it is no path of this machine: written in place, as there is no renaming.</summary>
    public bool IsRemote => Location.Contains("://", StringComparison.Ordinal);

    /// <summary>Reads what was written.</summary>
    /// <param name="location">The file or folder.</param>
    public string Scan(string location)
    {
        var files = !IsFolder ? location
            : Partitions.Count > 0 ? $"{location}/{string.Concat(Partitions.Select(_ => "*/"))}*.{Name}"
            : $"{location}/*.{Name}";
        var literal = IsFolder ? Sql.Text(files) : IsRemote ? Sql.Text(location) : Sql.File(location);
        var hive = Partitions.Count > 0 ? ", hive_partitioning=true" : "";
        return Name switch
        {
            "parquet" => $"read_parquet({literal}, union_by_name=false{hive})",
            "csv" => $"read_csv({literal}, auto_detect=true, union_by_name=false{(Delimiter is null ? "" : $", delim={Sql.Text(Delimiter)}")}{hive})",
            _ => $"read_json({literal}, auto_detect=true, union_by_name=false{hive})",
        };
    }

    IEnumerable<string> Options(Dict options)
    {
        if (Name == "csv" && !options.ContainsKey("header")) yield return "header true";
        if (Partitions.Count > 0) yield return $"partition_by ({Sql.Names(Partitions)})";
        foreach (var (key, value) in options)
        {
            if (key is not string name || name is "partition_by" or "format") continue;
            yield return $"{(name == "codec" ? "compression" : name)} {Option(name, value)}";
        }
    }

    static string Option(string name, object? value) => value switch
    {
        string text when Texts.Contains(name) => Sql.Text(text),
        bool flag => flag ? "true" : "false",
        List<object?> many => $"({string.Join(", ", many.Select(PythonText.Of))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => PythonText.Of(value),
    };

    static IReadOnlyList<string>? Names(object? value) => value switch
    {
        null => null,
        string text => [.. text.Trim().Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        List<object?> many => [.. many.Select(PythonText.Of)],
        TupleValue many => [.. many.Select(PythonText.Of)],
        _ => null,
    };

    static string Known(Build build, string? format, string? location)
    {
        var name = format ?? Path.GetExtension(location ?? "").TrimStart('.');
        if (name.Length == 0) name = "parquet";
        if (name.ToLowerInvariant() is "parquet" or "csv" or "json") return name.ToLowerInvariant();
        if (format is null) return "parquet";
        throw new QuernException(new Fault("QN7260", "a model cannot be written in this format")
        {
            Where = build.Node.File,
            Value = name,
            Wanted = "format: parquet, csv or json",
        });
    }
}
