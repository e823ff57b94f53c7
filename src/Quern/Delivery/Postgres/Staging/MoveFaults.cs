using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Quern.Delivery.Postgres.Sessions;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Staging;

/// <summary>Tells of a constraint that staged rows break when they move: which one, which values, and where the row comes from.</summary>
/// <remarks>The server names the key of a row that breaks a unique or foreign key; a row that breaks a check is looked for among the
/// staged ones by the constraint's own condition. The row of the source is the one with the same values.</remarks>
/// <param name="session">Where; its transaction has failed.</param>
/// <param name="plan">The load.</param>
/// <param name="staging">The rows.</param>
/// <param name="database">The engine.</param>
/// <param name="shipment">The rows as they come from the source.</param>
sealed partial class MoveFaults(
    PostgresSession session, PostgresPlan plan, StagingTable staging, DuckDatabase database, Shipment shipment)
{
    /// <summary>Whether an error is about rows that break a constraint.</summary>
    public static bool Is(PostgresException e) =>
        e.SqlState is "23502" or "23503" or "23505" or "23514" or "23P01" && !PostgresFaults.IsTransient(e);

    /// <summary>The fault.</summary>
    public QuernException Of(PostgresException e)
    {
        session.Execute("rollback");
        var values = Key(e.Detail) ?? (e is { SqlState: "23514", ConstraintName: { } check } ? Checked(check) : null);
        var place = values is null || shipment.IsReadOnce ? null : Place(values);
        var constraint = e.ConstraintName is { } name ? $", constraint {name}" : e.ColumnName is { } column ? $", column \"{column}\"" : "";
        var table = $"{plan.Address.Name}, table {plan.Name}{constraint}";
        return new QuernException(
            new Fault("QN7420", "rows break a constraint of the table")
            {
                Where = place is null ? table : $"{place}, on its way into {table}",
                Value = e.Detail is { } detail ? $"{e.MessageText}; {detail}" : e.MessageText,
                Try = e.SqlState == "23505"
                    ? [$"--mode merge --key {string.Join(",", values?.Select(v => v.Column) ?? ["A"])}     changes the row that is there",
                        "a query that leaves such rows out"]
                    : ["a query that leaves such rows out", "--mode append --rejects FILE     sets them aside, where rows are only added"],
            },
            e);
    }

    /// <summary>Columns and values of <c>Key (a, b)=(1, x) already exists.</c>; null when they cannot be told apart.</summary>
    static List<(string Column, string Value)>? Key(string? detail)
    {
        if (KeyOf().Match(detail ?? "") is not { Success: true } match) return null;
        var columns = match.Groups[1].Value.Split(", ");
        var values = columns.Length == 1 ? [match.Groups[2].Value] : match.Groups[2].Value.Split(", ");
        if (columns.Length != values.Length) return null;
        return [.. columns.Zip(values, (c, v) => (c.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal), v))];
    }

    /// <summary>Values of a staged row that a check refuses; null when none is found.</summary>
    List<(string Column, string Value)>? Checked(string constraint)
    {
        var shown = plan.Routes.Where(r => r.Target.Base is "int2" or "int4" or "int8" or "text" or "varchar" or "uuid" or "date" or "bool")
            .Select(r => r.Target.Name).ToList();
        if (shown.Count == 0) return null;
        try
        {
            // "CHECK ((size > 0))", of the table as it is, or of one that this load would make, which has none.
            var condition = session.Text(
                "select pg_get_expr(conbin, conrelid) from pg_constraint where conrelid = to_regclass($1) and conname = $2 and contype = 'c'",
                plan.Name.Sql, constraint);
            if (condition is null) return null;
            var columns = string.Join(", ", shown.Select(c => $"{Sql.Name(c)}::text"));
            var row = session.Rows($"select {columns} from {staging.Name.Sql} where not ({condition}) limit 1");
            return row is [var values] ? [.. shown.Zip(values).Where(v => v.Second is not null).Select(v => (v.First, v.Second!))] : null;
        }
        catch (PostgresException)
        {
            // The condition names a column that is not loaded: the row cannot be told.
            session.Execute("rollback");
            return null;
        }
    }

    /// <summary>Where the last row with these values comes from; null when none has them, as the engine writes them.</summary>
    string? Place(List<(string Column, string Value)> values)
    {
        var conditions = new List<string>();
        foreach (var (column, value) in values)
        {
            if (plan.Routes.FirstOrDefault(r => r.Target.Name == column) is not { } route) return null;
            conditions.Add($"{Sql.Name(route.Source)}::varchar = {Sql.Text(value)}");
        }
        try
        {
            using var reading = database.Connect();
            var number = reading.Scalar<long?>(
                $"""
                select max(quern_row) from (select *, row_number() over () - 1 as quern_row from {shipment.Relation})
                where {string.Join(" and ", conditions)}
                """);
            if (number is not { } row) return null;
            return shipment.Locate(row)?.Where ?? string.Create(CultureInfo.InvariantCulture, $"row {row + 1:N0}");
        }
        catch (QuernException)
        {
            // The source cannot be read again: the constraint and the values are told without it.
            return null;
        }
    }

    [GeneratedRegex(@"^Key \((.+)\)=\((.*)\) (?:already exists|is not present|conflicts with)", RegexOptions.Singleline)]
    private static partial Regex KeyOf();
}
