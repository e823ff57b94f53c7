using System.Globalization;
using Quern.Arrow;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Values;
using Quern.Delivery;
using Quern.Duck;

namespace Quern.Converting;

/// <summary>
/// Reads an output back before it is put in place, and the inputs once more, and compares them: the number of rows, for each column the
/// sum of the hashes of its values, and the sum of the hashes of whole rows. The order of the rows is not looked at.
/// </summary>
/// <param name="plan">What was done.</param>
/// <param name="request">What was asked for.</param>
/// <param name="database">The engine.</param>
/// <param name="threads">Threads that read.</param>
/// <remarks>A value is compared as the type that the output gives back for it. CSV is read by our own reader; it has one spelling for
/// NULL and for the text of that spelling, so these count as equal there.</remarks>
sealed class Verification(ConvertPlan plan, ConvertRequest request, DuckDatabase database, int threads)
{
    const string View = "quern_output";
    const string Catalog = "quern_output";

    /// <summary>Compares.</summary>
    /// <param name="staged">The output.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">QN8107: they differ.</exception>
    public void Check(StagedOutput staged, CancellationToken cancel)
    {
        // A folder of partitions without rows has no file, and the rows are counted already.
        if (staged.Rows == 0 && request.PartitionBy.Count > 0) return;
        using var own = database.Connect();
        var (session, relation) = staged.Table is { } table ? table : (own, Open(own, staged.Path!));
        var written = SchemaOf(session, relation);
        using var reading = database.Connect();
        var source = plan.Select(plan.Source.OpenAgain(reading, threads)!);
        var wanted = Sums(reading, $"({source}\n)", plan.Rows, Expressions(written, fromSource: true), cancel);
        var found = Sums(session, relation, plan.Rows, Expressions(written, fromSource: false), cancel);
        if (relation.Contains(Catalog, StringComparison.Ordinal) && plan.Target.Form == FileForm.DuckDb && staged.Table is null)
            session.Execute($"detach {Catalog}", CancellationToken.None);
        Compare(wanted, found);
    }

    string Open(DuckSession session, string path)
    {
        switch (plan.Target.Form)
        {
            case FileForm.Parquet when Directory.Exists(path):
                return $"read_parquet({Sql.Files(Directory.EnumerateFiles(path, "*.parquet", SearchOption.AllDirectories))}, "
                    + $"hive_partitioning = {(request.PartitionBy.Count > 0 ? "true" : "false")}{Partitions()})";
            case FileForm.Parquet:
                return $"read_parquet({Sql.File(path)}, hive_partitioning = false)";
            case FileForm.Arrow:
                session.Register(new ArrowView(View, new ArrowRead { Paths = [path], Names = [plan.Target.Destination.Name] }, threads));
                return $"{View}()";
            case FileForm.DuckDb:
                session.Execute($"attach {Sql.Text(path)} as {Catalog} (read_only)");
                return $"{Catalog}.main.{Sql.Name(plan.Target.Table)}";
            default:
                session.Register(new CsvView(View, Csv(path), threads));
                return $"{View}()";
        }
    }

    // Else numbers and days in names of folders would be what they look like.
    string Partitions()
    {
        var types = plan.Rows.Columns.Where(c => request.PartitionBy.Contains(c.Name, StringComparer.OrdinalIgnoreCase))
            .Select(c => $"{Sql.Text(c.Name)}: {c.Type}");
        return request.PartitionBy.Count == 0 ? "" : $", hive_types = {{{string.Join(", ", types)}}}";
    }

    CsvRead Csv(string path) => new()
    {
        // The name of what is staged does not say how it is compressed; its bytes do.
        Files = [new CsvFile(path, plan.Target.Destination.Name) { Input = new CsvInput(File.OpenRead(path), plan.Target.Destination.Name) }],
        Columns = [.. plan.Rows.Columns.Select(c => new CsvColumn(c.Name, CellTypes.Has(c.Type) ? c.Type : LogicalType.Of(TypeKind.Varchar))
        {
            Empty = request.CsvNull is null or "" ? OnEmpty.Null : OnEmpty.Value,
        })],
        Nulls = request.CsvNull is null or "" ? [] : [request.CsvNull],
        Dialect = new CsvDialect { Delimiter = (byte)Delivery.Csv.CsvFile.DelimiterOf(plan.Target.Destination.Path) },
    };

    List<string> Expressions(Schema written, bool fromSource)
    {
        var list = new List<string>(plan.Rows.Count);
        foreach (var column in plan.Rows.Columns)
        {
            var type = written.Columns.First(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)).Type;
            var value = Sql.Name(column.Name);
            if (fromSource && !type.Equals(column.Type)) value = $"cast({value} as {type})";
            if (plan.Target.Form == FileForm.Csv && type.Kind == TypeKind.Varchar)
                value = $"nullif({value}, {Sql.Text(request.CsvNull ?? "")})";
            list.Add(value);
        }
        return list;
    }

    static Schema SchemaOf(DuckSession session, string relation)
    {
        using var rows = session.Query($"from {relation} limit 0");
        return rows.Schema;
    }

    static List<string> Sums(DuckSession session, string relation, Schema rows, List<string> expressions, CancellationToken cancel)
    {
        var sums = expressions.Append($"row({string.Join(", ", expressions)})").Select(e => $"sum(hash({e}))::varchar")
            .Prepend("count(*)::varchar");
        using var result = session.Query($"select {string.Join(", ", sums)} from {relation}", cancel);
        var texts = new List<string>(rows.Count + 2);
        while (result.Next() is { } chunk)
        {
            for (var i = 0; i < rows.Count + 2; i++) texts.Add(ValueText.Read(chunk[i], 0) ?? "");
        }
        return texts;
    }

    void Compare(List<string> wanted, List<string> found)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] == found[i]) continue;
            var what = i == 0 ? "rows" : i <= plan.Rows.Count ? $"column \"{plan.Rows[i - 1].Name}\", checksum" : "whole rows, checksum";
            throw new QuernException(new Fault("QN8107", "the output does not hold what was read")
            {
                Where = plan.Target.Destination.Name,
                Value = string.Create(CultureInfo.InvariantCulture, $"{what} {found[i]}"),
                Wanted = wanted[i],
                Try =
                [
                    "an output of another kind: this one cannot hold all values of the column",
                    "leave out of --where what gives another answer each time, such as random()",
                ],
            });
        }
    }
}
