using System.Globalization;
using Quern.Delivery.Postgres.Shapes;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Delivery.Postgres.Sessions;

/// <summary>A table as the server has it.</summary>
/// <param name="Name">Its name with its schema.</param>
/// <param name="Kind">r for a table, p for a partitioned one, v for a view; as pg_class has it.</param>
/// <param name="Columns">Its columns in their order.</param>
sealed record TargetTable(TargetName Name, char Kind, IReadOnlyList<TargetColumn> Columns)
{
    /// <summary>The catalog's number.</summary>
    public required string Oid { get; init; }

    /// <summary>Its rows are under policies for this user: COPY is refused.</summary>
    public bool HasPolicies { get; init; }

    /// <summary>Rows of other tables refer to it: it cannot be truncated.</summary>
    public bool IsReferred { get; init; }

    /// <summary>Numbers and names of tables that lose or change rows when rows of this one go: they refer to it with an action, or inherit
    /// from it.</summary>
    public IReadOnlyList<(string Oid, string Name)> Dependents { get; init; } = [];

    /// <summary>It has triggers or rules of the users'.</summary>
    public bool HasTriggers { get; init; }

    /// <summary>The server counts rows as they come (track_counts), which tells what triggers keep away. Default: true.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>The user may write into some of its columns.</summary>
    public bool MayInsert { get; init; } = true;

    /// <summary>The user may empty it at once.</summary>
    public bool MayTruncate { get; init; }

    /// <summary>Columns of each of its unique indexes without a condition that are checked row by row.</summary>
    public IReadOnlyList<string[]> UniqueKeys { get; init; } = [];

    /// <summary>COPY takes rows for it, without a table between.</summary>
    public bool TakesCopy => Kind is 'r' or 'p' && !HasPolicies;

    /// <summary>Finds a table; null when there is none.</summary>
    public static TargetTable? Find(PostgresSession session, TargetName name)
    {
        var oid = session.Text("select to_regclass($1)::oid::text", name.Sql);
        if (oid is null) return null;
        var about = session.Rows(
            $"""
            select n.nspname, c.relname, c.relkind::text, row_security_active(c.oid)::text,
                exists (select from pg_constraint where contype = 'f' and confrelid = c.oid and conrelid <> c.oid)::text,
                (c.relhasrules or exists (select from pg_trigger where tgrelid = c.oid and not tgisinternal))::text,
                has_table_privilege(c.oid, 'truncate')::text, current_setting('track_counts'),
                has_any_column_privilege(c.oid, 'insert')::text
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = {oid}
            """)[0];
        var columns = session.Rows(
            $"""
            with recursive base as (
                select a.attnum, a.atttypid as typid, a.atttypmod as typmod from pg_attribute a
                where a.attrelid = {oid} and a.attnum > 0 and not a.attisdropped
                union all
                select b.attnum, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else b.typmod end
                from base b join pg_type t on t.oid = b.typid where t.typtype = 'd')
            select a.attname, format_type(a.atttypid, a.atttypmod), t.typname, t.typtype::text,
                case when t.typcategory = 'A' then e.typname end, e.typtype::text, t.typelem::text,
                a.attnotnull::text, (a.atthasdef or a.attidentity <> '')::text, (a.attgenerated <> '')::text, (a.attidentity = 'a')::text,
                format_type(b.typid, b.typmod), b.typmod::text
            from pg_attribute a
                join base b on b.attnum = a.attnum
                join pg_type t on t.oid = b.typid and t.typtype <> 'd'
                left join pg_type e on e.oid = t.typelem
            where a.attrelid = {oid} order by a.attnum
            """);
        var keys = session.Rows(
            $"""
            select i.indexrelid::text, a.attname
            from pg_index i
                cross join unnest(i.indkey::int2[]) with ordinality k (attnum, n)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum and k.n <= i.indnkeyatts
            where i.indrelid = {oid} and i.indisunique and i.indimmediate and i.indisvalid and i.indpred is null and i.indexprs is null
            """);
        var dependents = session.Rows(
            $"""
            with recursive below as (
                select inhrelid as oid from pg_inherits where inhparent = {oid} and '{about[2]}' = 'r'
                union select i.inhrelid from pg_inherits i join below b on i.inhparent = b.oid)
            select oid::text, oid::regclass::text from below
            union select conrelid::text, conrelid::regclass::text from pg_constraint
            where contype = 'f' and confdeltype in ('c', 'n', 'd') and conrelid <> {oid}
                and (confrelid = {oid} or confrelid in (select oid from below))
            order by 2
            """);
        return new TargetTable(new TargetName(about[0], about[1]!), about[2]![0], [.. columns.Select(Column)])
        {
            Oid = oid,
            HasPolicies = Is(about[3]),
            IsReferred = Is(about[4]),
            HasTriggers = Is(about[5]),
            Dependents = [.. dependents.Select(d => (d[0]!, d[1]!))],
            MayTruncate = Is(about[6]),
            IsCounted = about[7] == "on",
            MayInsert = Is(about[8]),
            UniqueKeys = [.. keys.GroupBy(k => k[0]).Select(k => k.Select(c => c[1]!).ToArray())],
        };
    }

    static bool Is(string? text) => text is "true" or "t";

    static TargetColumn Column(string?[] row)
    {
        var isNumeric = row[2] == "numeric";
        var typmod = int.Parse(row[12]!, CultureInfo.InvariantCulture);
        return new TargetColumn(row[0]!, row[1]!, row[2]!)
        {
            Kind = row[3]![0],
            Element = row[4],
            ElementKind = row[5] is { Length: 1 } kind ? kind[0] : 'b',
            ElementOid = uint.Parse(row[6]!, CultureInfo.InvariantCulture),
            IsNotNull = Is(row[7]),
            HasDefault = Is(row[8]),
            IsGenerated = Is(row[9]),
            IsAlwaysIdentity = Is(row[10]),
            Shapes = row[2] is "geometry" or "geography" ? Shape(row[11]!) : null,
            // PostgreSQL source, numeric_typmod_scale: the lower 11 bits, less VARHDRSZ.
            Scale = isNumeric && typmod >= 0 ? ((typmod - 4) & 0x7FF ^ 1024) - 1024 : null,
        };
    }

    static ShapeColumn Shape(string type) =>
        type.IndexOf('(', StringComparison.Ordinal) is > 0 and var at && ShapeColumn.Parse(type[(at + 1)..^1]) is { } shapes
            ? shapes
            : ShapeColumn.Any;
}
