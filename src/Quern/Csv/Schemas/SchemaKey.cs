namespace Quern.Csv.Schemas;

/// <summary>What the value of a key may be.</summary>
enum SchemaKind
{
    /// <summary>The number of the format: 1.</summary>
    Version,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number from 0 on.</summary>
    Count,

    /// <summary>A single byte.</summary>
    Byte,

    /// <summary>Any text that is not empty.</summary>
    Text,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>SQL's name of a type.</summary>
    Type,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>A mapping with keys of its own.</summary>
    Map,

    /// <summary>A list of such mappings.</summary>
    Maps,
}

/// <summary>A key of a schema file: the one table from which the reader checks and editors are told.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Kind">What its value may be.</param>
/// <param name="About">What it does, in a sentence without a full stop.</param>
/// <param name="Keys">The keys below it. Default: none.</param>
sealed record SchemaKey(string Name, SchemaKind Kind, string About, params IReadOnlyList<SchemaKey> Keys)
{
    /// <summary>Words that a word may be.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>It must be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The keys of the file.</summary>
    public static SchemaKey Root { get; } = new("", SchemaKind.Map,
        "What CSV files are: made by quern schema infer, or by hand",
        new("version", SchemaKind.Version, "Format of this file") { IsRequired = true },
        new("evidence", SchemaKind.Map, "What the schema was made from; without effect",
            new SchemaKey("files", SchemaKind.Count, "Files that were looked at"),
            new SchemaKey("empty_files", SchemaKind.Count, "Files of these without a record"),
            new SchemaKey("rows", SchemaKind.Count, "Rows whose cells were looked at"),
            new SchemaKey("ragged_rows", SchemaKind.Count, "Rows that cannot be read, which were passed over"),
            new SchemaKey("damage", SchemaKind.Texts, "What is wrong with them, with file and line of the first of each kind"),
            new SchemaKey("read", SchemaKind.Word, "Every row, or rows from the head, the middle and the tail of every file")
            {
                Words = ["all", "sample"],
            },
            new SchemaKey("dialect", SchemaKind.Texts, "How delimiter, quotes, header and encoding were found")),
        new("dialect", SchemaKind.Map, "What cells are told apart by",
            new SchemaKey("delimiter", SchemaKind.Byte, "Between cells; default: a comma"),
            new SchemaKey("quote", SchemaKind.Byte, "Around cells, or none; default: a double quote") { Words = ["none"] },
            new SchemaKey("escape", SchemaKind.Byte, "Before a quote that is data; default: a double quote"),
            new SchemaKey("header", SchemaKind.Flag, "The first record holds names; default: true"),
            new SchemaKey("skip", SchemaKind.Count, "Lines above the header; default: 0"),
            new SchemaKey("comment", SchemaKind.Byte, "Begins lines that are passed over; default: none") { Words = ["none"] },
            new SchemaKey("encoding", SchemaKind.Word, "How bytes stand for characters; auto: each file's head says; default: utf-8")
            {
                Words = ["auto", .. EncodingNames.All],
            }),
        new("nulls", SchemaKind.Texts, "Texts that stand for NULL in every column; default: the empty one"),
        new("other_columns", SchemaKind.Word, "What a column of a file that is not below is; default: fail") { Words = ["fail", "ignore"] },
        new("columns", SchemaKind.Maps, "The columns, in the order of the result",
            new SchemaKey("name", SchemaKind.Text, "What headers call it") { IsRequired = true },
            new SchemaKey("type", SchemaKind.Type, "SQL's name of its type") { IsRequired = true },
            new SchemaKey("format", SchemaKind.Text, "How moments are written: %d.%m.%Y %H:%M, or epoch_s, epoch_ms, epoch_us"),
            new SchemaKey("nulls", SchemaKind.Texts, "Texts that stand for NULL here beside those of all columns"),
            new SchemaKey("on_bad", SchemaKind.Word, "What happens on a cell that is none of the type; default: fail")
            {
                Words = ["fail", "null", "zero"],
            },
            new SchemaKey("optional", SchemaKind.Flag, "Files may lack it; default: false"),
            new SchemaKey("partition", SchemaKind.Flag, "Its values are those of name=value folders; default: false"),
            new SchemaKey("missing_in", SchemaKind.Texts, "Files that lacked it when the schema was made; without effect"),
            new SchemaKey("evidence", SchemaKind.Map, "Why it has this type; without effect",
                new SchemaKey("values", SchemaKind.Count, "Cells with a value"),
                new SchemaKey("nulls", SchemaKind.Count, "Cells that are empty or stand for NULL"),
                new SchemaKey("min", SchemaKind.Text, "The least number, day or moment"),
                new SchemaKey("max", SchemaKind.Text, "The greatest number, day or moment"),
                new SchemaKey("widest", SchemaKind.Text, "The longest text"),
                new SchemaKey("widened_at", SchemaKind.Text, "File and line of the first cell that asks for this type"),
                new SchemaKey("widened_by", SchemaKind.Text, "What that cell says"),
                new SchemaKey("because", SchemaKind.Text, "Why it is this type")))
        { IsRequired = true });

    /// <summary>What its value may be, for people.</summary>
    public string Wanted => Kind switch
    {
        SchemaKind.Version => "1",
        SchemaKind.Flag => "true or false",
        SchemaKind.Count => "a whole number from 0 on",
        SchemaKind.Byte => "one ASCII character, or \\x01 to \\xFF" + (Words.Count > 0 ? $", or {string.Join(", ", Words)}" : ""),
        SchemaKind.Texts => "a list of texts",
        SchemaKind.Type => "SQL's name of a type: INTEGER, DECIMAL(12,2), TIMESTAMP",
        SchemaKind.Word => string.Join(" or ", Words),
        SchemaKind.Map => $"a mapping with {string.Join(", ", Keys.Select(k => k.Name))}",
        SchemaKind.Maps => $"a list of mappings with {string.Join(", ", Keys.Select(k => k.Name))}",
        _ => "a text",
    };
}
