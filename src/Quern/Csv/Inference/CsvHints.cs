namespace Quern.Csv.Inference;

/// <summary>What a user says about CSV files; the rest is found out from their heads, or is as by default.</summary>
public sealed record CsvHints
{
    /// <summary>The byte between cells; null to find it out. Default: null.</summary>
    public byte? Delimiter { get; init; }

    /// <summary>The byte around cells; null to find it out. Default: null.</summary>
    public byte? Quote { get; init; }

    /// <summary>No byte has the meaning of a quote. Default: false.</summary>
    public bool NoQuote { get; init; }

    /// <summary>The byte before a quote that is data; null to find it out. Default: null.</summary>
    public byte? Escape { get; init; }

    /// <summary>Whether the first record holds names; null to find it out. Default: null.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The byte that begins lines which are passed over; null to find it out. Default: null.</summary>
    public byte? Comment { get; init; }

    /// <summary>How bytes stand for characters; null to find it out. Default: null.</summary>
    public CsvEncoding? Encoding { get; init; }

    /// <summary>Physical lines above the header to pass over; null to find it out. Default: null.</summary>
    public int? LinesAbove { get; init; }

    /// <summary>Texts that stand for NULL in every column, an empty one for an empty cell; null to find them out. Default: null.</summary>
    public IReadOnlyList<string>? Nulls { get; init; }

    /// <summary>A dialect with all that is said put in.</summary>
    internal CsvDialect Over(CsvDialect dialect)
    {
        var quote = NoQuote ? null : Quote ?? dialect.Quote;
        return dialect with
        {
            Delimiter = Delimiter ?? dialect.Delimiter,
            Quote = quote,
            // A quote of one's own is doubled, unless an escape is said, too.
            Escape = Escape ?? (Quote is { } said && dialect.Quote != said ? said : dialect.Escape),
            HasHeader = HasHeader ?? dialect.HasHeader,
            Comment = Comment ?? dialect.Comment,
            Encoding = Encoding ?? dialect.Encoding,
            LinesAbove = LinesAbove ?? dialect.LinesAbove,
        };
    }
}
