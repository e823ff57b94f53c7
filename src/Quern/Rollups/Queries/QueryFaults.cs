using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>What can be wrong with a query. Places are paths of its JSON, or its SQL.</summary>
static class QueryFaults
{
    /// <summary>It is no JSON.</summary>
    public static QuernException NotJson(string? place, string why) => Of("QN7550", "a query is not JSON", place, why, null);

    /// <summary>A part has another form.</summary>
    public static QuernException Form(string? place, string? value, string wanted) => Of("QN7551", "a part of a query has another form", place, value, wanted);

    /// <summary>A key, function or operator that is not known.</summary>
    public static QuernException Unknown(string what, string name, IEnumerable<string> names, string? place)
    {
        var all = names.ToList();
        return Of("QN7552", $"a query has no {what} of this name", place, name, string.Join(", ", all), NearestName.Of(name, all));
    }

    /// <summary>Nothing is selected.</summary>
    public static QuernException Empty(string? place) =>
        Of("QN7553", "a query selects nothing", place, null, "at least one column or aggregate", "\"select\": [{\"COUNT\": \"*\"}]");

    /// <summary>Another table.</summary>
    public static QuernException NoTable(string name, string known, string? place) =>
        Of("QN7554", "there is no table of this name", place, name, known, NearestName.Of(name, [known]));

    /// <summary>An aggregate of values that it is not for.</summary>
    public static QuernException NotAggregatable(string text, QueryKey of, string? place) =>
        Of("QN7555", "this cannot be computed of the column", place, text, $"another function: the values are {TypeClasses.Name(TypeClasses.Of(of.Type))}",
            $"COUNT({of.Text})");

    /// <summary>A column that is neither grouped nor aggregated.</summary>
    public static QuernException NotGrouped(string name, string? place) =>
        Of("QN7556", "a column is selected that is neither grouped nor aggregated", place, name, null, $"\"group_by\": [\"{name}\"]", $"{{\"MAX\": \"{name}\"}}");

    /// <summary>An order by something that the query does not have.</summary>
    public static QuernException NoOrder(string name, IEnumerable<string> names, string? place)
    {
        var all = names.ToList();
        return Of("QN7557", "results cannot be sorted by this", place, name, $"one of {string.Join(", ", all)}, or an aggregate", NearestName.Of(name, all));
    }

    /// <summary>The same error with its place in a query.</summary>
    public static QuernException At(QuernException error, string? place) =>
        error.Fault.Where is not null || place is null ? error : new QuernException(error.Fault with { Where = place }, error);

    static QuernException Of(string code, string what, string? place, string? value, string? wanted, params string?[] attempts) =>
        new(new Fault(code, what)
        {
            Where = place,
            Value = value,
            Wanted = wanted,
            Try = [.. attempts.OfType<string>()],
            ExitCode = ExitCode.Usage,
        });
}
