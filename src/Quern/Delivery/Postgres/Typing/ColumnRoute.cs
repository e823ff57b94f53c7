using Quern.Delivery.Postgres.Binary;

namespace Quern.Delivery.Postgres.Typing;

/// <summary>How values of a column get from the engine into the server.</summary>
/// <param name="Target">The column there.</param>
/// <param name="Source">The column of the rows, not quoted.</param>
/// <param name="Encoder">Writes the values.</param>
sealed record ColumnRoute(TargetColumn Target, string Source, FieldEncoder Encoder)
{
    /// <summary>A type of the engine that values are read as first; null when they are sent as they are.</summary>
    public string? Cast { get; init; }

    /// <summary>Values travel as text, and the server reads them as what the column is when they move into the table. Default:
    /// false.</summary>
    public bool IsRead { get; init; }

    /// <summary>What the user should know of it; null when there is nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The type of the column in a staging table.</summary>
    public string StagingType => IsRead ? "text" : Target.Type;

    /// <summary>The type that a text is read as on its way into a column. A cast to a type with a length would cut the value without a word;
    /// an assignment to the column refuses one that is too long.</summary>
    public string ReadType => Target.Base switch
    {
        "varchar" or "bpchar" => "text",
        "_varchar" or "_bpchar" => "text[]",
        "bit" or "varbit" => "varbit",
        "_bit" or "_varbit" => "varbit[]",
        _ => Target.Type,
    };

    /// <summary>What is selected of the rows.</summary>
    public string Select => Cast is null
        ? Duck.Sql.Name(Source)
        : $"try_cast({Duck.Sql.Name(Source)} as {Cast}) as {Duck.Sql.Name(Source)}";

    /// <summary>How it goes from staging into the table.</summary>
    public string Move => IsRead ? $"{Duck.Sql.Name(Target.Name)}::{ReadType}" : Duck.Sql.Name(Target.Name);
}
