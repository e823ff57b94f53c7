using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects.CsvSources;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Where the data of an external source lies, as it stands in SQL (specification section 3.8).</summary>
static class ExternalLocation
{
    /// <summary>The location; null for a relation of the database.</summary>
    /// <param name="about">Name, identifier, schema, database and meta of the table, which the location may name in braces.</param>
    /// <param name="external">The older form <c>external: {location, file_format}</c>; null without one.</param>
    /// <param name="where">What errors call it.</param>
    /// <exception cref="QuernException">QN7188: the location cannot be formatted.</exception>
    public static string? Of(Dict about, Dict? external, string where)
    {
        if (Texts.Of(about["external_location"]) is { Length: > 0 } location) return Quoted(Format(location, about, where));
        if (external is null || Texts.Of(external["location"]) is not { Length: > 0 } place) return null;
        place = Format(place, about, where);
        return Texts.Of(external["file_format"])?.ToLowerInvariant() switch
        {
            { } format when format.Contains("parquet", StringComparison.Ordinal) => $"read_parquet({Sql.Text(Files(place, "parquet"))})",
            { } format when format.Contains("json", StringComparison.Ordinal) => $"read_json({Sql.Text(Files(place, "json"))})",
            // A path that ends like CSV is read by our reader (CsvSources); others are for the engine.
            { } format when format.Contains("csv", StringComparison.Ordinal) => Files(place, "csv") switch
            {
                var files when CsvSourceSet.IsPath(files) => Sql.Text(files),
                var files => $"read_csv({Sql.Text(files)})",
            },
            _ => Quoted(place),
        };
    }

    // What calls a function or is quoted stands for itself; anything else is the path of a file.
    static string Quoted(string location) =>
        location.Contains('(', StringComparison.Ordinal) || location.StartsWith('\'') || location.StartsWith('"') ? location : $"'{location}'";

    static string Files(string place, string ending) => place.EndsWith('/') ? $"{place}*.{ending}" : place;

    static string Format(string location, Dict about, string where)
    {
        try
        {
            return Texts.Of(about["formatter"]) switch
            {
                null or "newstyle" => BraceFormat.Apply(location, [], about),
                "oldstyle" => PercentFormat.Apply(location, about),
                "template" => Template(location, about),
                var other => throw Bad(where, location, $"there is no formatter {other}: newstyle, oldstyle or template"),
            };
        }
        catch (Jinja.TemplateFailure e)
        {
            throw Bad(where, location, e.Message);
        }
    }

    // $name and ${name}; $$ is a dollar.
    static string Template(string location, Dict about) => System.Text.RegularExpressions.Regex.Replace(
        location,
        @"\$(?:(?<escape>\$)|(?<name>[_a-zA-Z]\w*)|\{(?<name>[_a-zA-Z]\w*)\})",
        m => m.Groups["escape"].Success ? "$" : PythonText.Of(about[m.Groups["name"].Value]));

    static QuernException Bad(string where, string location, string why) => new(
        new Fault("QN7188", "the location of an external source cannot be formatted")
        {
            Where = where,
            Value = location,
            Wanted = why,
            ExitCode = ExitCode.Usage,
        });
}
