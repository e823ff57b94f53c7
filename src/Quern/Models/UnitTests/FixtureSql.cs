using System.Globalization;
using System.Text;
using Quern.Csv;
using Quern.Csv.Inference;
using Quern.Duck;
using Quern.Files;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.UnitTests;

/// <summary>Turns rows that YAML gives into a query.</summary>
/// <param name="folder">Absolute folder of the test's package, for files of rows.</param>
/// <param name="test">The test.</param>
sealed class FixtureSql(string folder, UnitTest test)
{
    /// <summary>The query of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">Columns and types of what they stand for; null when these are not known.</param>
    /// <param name="all">Whether columns that the rows do not name are there too, as NULL.</param>
    /// <returns>The query, and the columns that the rows name.</returns>
    /// <exception cref="QuernException">QN7291: a column that is not there, rows in a form that is not known, no such file.</exception>
    public (string Sql, IReadOnlyList<string> Named) Of(Fixture rows, IReadOnlyList<TableColumn>? columns, bool all)
    {
        var text = rows.FixtureFile is { } file ? ReadFile(file, rows.Format) : rows.Rows as string;
        if (rows.Format == "sql") return (text ?? throw Wrong("sql rows are text", rows.Rows), []);
        if (rows.Format is not ("csv" or "dict")) throw Wrong("their format is not dict, csv or sql", rows.Format);
        var records = rows.Format == "csv" ? Csv(text ?? "") : Dicts(rows.Rows);
        var named = records.SelectMany(r => r.Keys).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (columns is not null && named.FirstOrDefault(n => Find(columns, n) is null) is { } unknown)
            throw Wrong("a column is not there", unknown);
        var shown = all && columns is not null ? columns.Select(c => c.Name).ToList() : named;
        if (shown.Count == 0 && columns is not null) shown = [.. columns.Select(c => c.Name)];
        if (shown.Count == 0) throw Wrong("there are no rows, and the columns are not known", rows.Input);
        var queries = records.Select(r => Row(r, shown, columns)).ToList();
        return queries.Count > 0
            ? (string.Join("\nunion all\n", queries), named)
            : ($"{Row([], shown, columns)} where false", shown);
    }

    static string Row(Dictionary<string, object?> record, IEnumerable<string> shown, IReadOnlyList<TableColumn>? columns) =>
        "select " + string.Join(", ", shown.Select(name =>
        {
            var literal = Literal(record.GetValueOrDefault(name));
            var type = columns is null ? null : Find(columns, name)?.Type;
            return $"{(type is null ? literal : $"cast({literal} as {type})")} as {Sql.Name(name)}";
        }));

    static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Sql.Text(text),
        List<object?> or Dict => Sql.Text(JsonText.Write(value, sortKeys: false)),
        DateOnly day => Sql.Text(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateTime moment => Sql.Text(moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)),
        DateTimeOffset moment => Sql.Text(moment.ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Sql.Text(PythonText.Of(value)),
    };

    List<Dictionary<string, object?>> Dicts(object? rows)
    {
        var records = new List<Dictionary<string, object?>>();
        foreach (var row in rows as List<object?> ?? (rows is null ? [] : throw Wrong("dict rows are a list of mappings", rows)))
        {
            if (row is not Dict dict) throw Wrong("a row is a mapping of columns to values", row);
            records.Add(dict.ToDictionary(e => PythonText.Of(e.Key), e => e.Value, StringComparer.OrdinalIgnoreCase));
        }
        return records;
    }

    List<Dictionary<string, object?>> Csv(string text)
    {
        var reader = new RecordSplitter(new CsvDialect());
        var bytes = Encoding.UTF8.GetBytes(text);
        reader.Begin(bytes, 0, bytes.Length, isAll: true);
        var header = Next(reader) ?? [];
        var records = new List<Dictionary<string, object?>>();
        while (Next(reader) is { } record)
        {
            if (record.Count > header.Count) throw Wrong("a line has more fields than the header", string.Join(',', record));
            var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < header.Count; i++)
            {
                var value = i < record.Count ? record[i] : "";
                row[header[i]] = value.Length == 0 || value.Equals("null", StringComparison.OrdinalIgnoreCase) ? null : value;
            }
            records.Add(row);
        }
        return records;
    }

    /// <summary>The cells of the next record without the blanks around them; null after the last one.</summary>
    List<string>? Next(RecordSplitter reader)
    {
        if (!reader.Read()) return null;
        var cells = Enumerable.Range(0, reader.Count).Select(cell => Encoding.UTF8.GetString(reader.Text(cell)).Trim()).ToList();
        if (reader.IsOpen) throw Wrong("a quote is never closed", string.Join(',', cells));
        if (reader.HasFlaw) throw Wrong("a field goes on after its closing quote", string.Join(',', cells));
        return cells;
    }

    string ReadFile(string name, string format)
    {
        var path = Path.HasExtension(name) ? name : $"{name}.{format}";
        var found = new[] { Path.Combine(folder, "tests", "fixtures", path), Path.Combine(folder, path) }.FirstOrDefault(File.Exists)
            ?? Directory.EnumerateFiles(folder, path, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .FirstOrDefault(f => f.Contains($"{Path.DirectorySeparatorChar}fixtures{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        return found is null ? throw Wrong("there is no such fixture", name) : TextFile.Read(found, Path.GetRelativePath(folder, found));
    }

    static TableColumn? Find(IReadOnlyList<TableColumn> columns, string name) =>
        columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    QuernException Wrong(string what, object? value) =>
        new(new Fault("QN7291", $"the rows of the unit test {test.Name} cannot be used: {what}")
        {
            Where = test.File,
            Value = PythonText.Represent(value),
        });
}
