using Quern.Chunks;
using Quern.Csv;

namespace Quern.Fuzz.Csv;

/// <summary>A dialect with columns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dialect">How cells and rows are told apart.</param>
/// <param name="Columns">The columns.</param>
sealed record CsvLayout(string Name, CsvDialect Dialect, IReadOnlyList<CsvColumn> Columns)
{
    static readonly CsvColumn[] Lenient =
    [
        new("a", TypeKind.Varchar),
        new("b", TypeKind.Double) { Empty = OnEmpty.Null, Bad = OnBad.Null },
        new("c", TypeKind.Timestamp) { Empty = OnEmpty.Null, Bad = OnBad.Null },
    ];

    static readonly CsvColumn[] Strict = [new("n", TypeKind.BigInt) { Empty = OnEmpty.Null }, new("t", TypeKind.Varchar) { Empty = OnEmpty.Null }, new("x", TypeKind.Double)];

    /// <summary>All that are tried.</summary>
    public static IReadOnlyList<CsvLayout> All { get; } =
    [
        new("comma", new CsvDialect { HasHeader = false }, Lenient),
        new("header", new CsvDialect { Delimiter = (byte)';', LinesAbove = 1 }, Strict),
        new("escape", new CsvDialect { Delimiter = (byte)'\t', Escape = (byte)'\\', HasHeader = false }, Lenient),
        new("unquoted", new CsvDialect { Delimiter = (byte)'|', Quote = null, HasHeader = false }, [.. Lenient.Take(2)]),
        new("single", new CsvDialect { Quote = (byte)'\'', Escape = (byte)'\'' }, [new("only", TypeKind.Varchar)]),
    ];
}
