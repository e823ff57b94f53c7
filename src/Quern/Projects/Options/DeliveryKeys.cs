using Quern.Loading;

namespace Quern.Projects.Options;

/// <summary>The keys of <c>deliver</c>: the options of the verb <c>load</c>, with underscores in place of hyphens.</summary>
static class DeliveryKeys
{
    /// <summary>The key with all below it.</summary>
    public static OptionKey Deliver { get; } = new("deliver", OptionKind.Maps,
        "What quern build and quern run deliver at their end; values may be templates with env_var, var and target",
        Key("model", OptionKind.Text, "The model, seed or snapshot") with { IsNeeded = true },
        Key("to", OptionKind.Text, "postgres://user@host:port/database, service=NAME, s3://bucket/file, or a file from the folder of this one")
            with
        { IsNeeded = true },
        Key("table", OptionKind.Text, "The table, or schema.table; the name of the model's relation when left out"),
        Word("mode", "What becomes of the rows that are there; append when left out, a file is replaced"),
        Key("key", OptionKind.Texts, "Columns that tell which rows are replaced or merged"),
        Key("dedupe", OptionKind.Text, "Of rows with the same key the first in this order is taken"),
        Word("method", "How rows are sent; auto when left out"),
        Key("stage", OptionKind.Text, "s3://bucket/folder where the files of method s3 wait"),
        Key("connections", OptionKind.Number, "Connections that send at once"),
        Key("batch_rows", OptionKind.Number, "Rows that are sent at a time"),
        Key("max_rows", OptionKind.Number, "Rows of a file of method partitioned"),
        Word("decimal", "Decimals in SQLite: exact, or doubles"),
        Key("index", OptionKind.Texts, "Indexes of a new table, columns with commas between"),
        Key("partition_by", OptionKind.Text, "Partitions of a new table: COLUMN:day, COLUMN:month or COLUMN:year"),
        Key("geometry", OptionKind.Texts, "Columns whose WKT or WKB becomes geometry: COLUMN, COLUMN:4326, COLUMN:4326:MultiPolygon"),
        Key("drop_z", OptionKind.Flag, "Leave heights out where the column has none"),
        Word("on_nul", "A NUL character in a text"),
        Word("on_nanos", "A time finer than a microsecond"),
        Word("schema_contract", "Columns that the table lacks: refused or added"),
        Key("retry_for", OptionKind.Number, "Seconds in which what fails for a passing reason is tried again; 120 when left out"),
        Key("lock_timeout", OptionKind.Number, "Seconds to wait for locks of others; 30 when left out"),
        Key("allow_empty", OptionKind.Flag, "A model without rows empties what it replaces"),
        Key("rejects", OptionKind.Text, "A CSV file for rows that the destination refuses; the first one ends the run when left out"),
        Key("max_rejects", OptionKind.Limit, "Fail when more are set aside: 100 or 0.5%"));

    static OptionKey Key(string name, OptionKind kind, string about) => new(name, kind, about) { IsTemplate = true };

    static OptionKey Word(string name, string about) => Key(name, OptionKind.Word, about) with { Words = LoadWords.Choices[name] };
}
