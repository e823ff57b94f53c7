using System.Globalization;
using System.IO.Compression;
using Quern.Packs.OpenShift;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>A folder of <c>Cases/ocp</c>: reports, parameters and the rows that are right (see README.md there).</summary>
sealed class Scenario
{
    static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Cases", "ocp");

    static readonly string[] NumberEndings = ["_hours", "_months", "_cores", "_gigabyte", "_gigabytes"];

    Scenario(string name)
    {
        Folder = Path.Combine(Root, name);
        var (parameters, files) = ParametersFile.Read(Path.Combine(Folder, "scenario.json"), $"{name}/scenario.json");
        Run = new SummaryRun { Parameters = parameters, Inputs = files, BaseDirectory = Folder };
    }

    public static IReadOnlyList<string> Names =>
        [.. Directory.EnumerateDirectories(Root).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public string Folder { get; }

    /// <summary>The summary of its CSV files.</summary>
    public SummaryRun Run { get; }

    /// <summary>The expected header, then the expected rows; null is NULL.</summary>
    public IReadOnlyList<string?[]> Expected
    {
        get
        {
            var path = Path.Combine(Folder, "expected.csv");
            if (File.Exists(path)) return CsvText.Read(File.ReadAllText(path), @"\N");
            using var text = new StreamReader(new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress));
            return CsvText.Read(text.ReadToEnd(), @"\N");
        }
    }

    public static Scenario Of(string name) => new(name);

    /// <summary>Fails unless the rows are the expected ones in their order: text equal, numbers within 1e-12.</summary>
    /// <param name="actual">Header and rows.</param>
    public void Check(IReadOnlyList<string?[]> actual)
    {
        var expected = Expected;
        Assert.Equal(expected[0], actual[0]);
        for (var row = 1; row < Math.Min(expected.Count, actual.Count); row++)
        {
            for (var column = 0; column < expected[0].Length; column++)
            {
                if (!Same(expected[0][column]!, expected[row][column], actual[row][column]))
                {
                    Assert.Fail(
                        $"row {row}, {expected[0][column]}: expected {expected[row][column]}, got {actual[row][column]}\n" +
                        $"expected {string.Join(',', expected[row])}\ngot      {string.Join(',', actual[row])}");
                }
            }
        }
        Assert.Equal(expected.Count, actual.Count);
    }

    /// <summary>Header and rows as text, as <see cref="Check"/> takes them.</summary>
    public static IReadOnlyList<string?[]> Text(IReadOnlyList<SummaryRow> rows)
    {
        var columns = rows[0].Columns.Where(c => c != "uuid").ToArray();
        return [columns, .. rows.Select(r => Array.ConvertAll(columns, c => Shown(r[c])))];
    }

    static string? Shown(object? cell) => cell is null ? null : Convert.ToString(cell, CultureInfo.InvariantCulture);

    static bool Same(string column, string? expected, string? actual)
    {
        if (expected is null || actual is null || !NumberEndings.Any(column.EndsWith)) return expected == actual;
        var (e, a) = (double.Parse(expected, CultureInfo.InvariantCulture), double.Parse(
            actual, CultureInfo.InvariantCulture));
        return Math.Abs(e - a) <= 1e-12 * Math.Abs(e);
    }
}
