using Quern.Chunks;

namespace Quern.Projects.CsvSources;

/// <summary>The types that the engine's own reader gives columns of CSV, wherever those hold all that cells say: models are written for
/// them.</summary>
static class EngineTypes
{
    /// <summary>Precision of a DECIMAL that a double would hold as well.</summary>
    const int DoublePrecision = 18;

    /// <summary>The type of a column of a source.</summary>
    /// <param name="type">The type that was found out.</param>
    public static LogicalType Of(LogicalType type) => type.Kind switch
    {
        TypeKind.Integer => LogicalType.Of(TypeKind.BigInt),
        TypeKind.Decimal when type.Precision <= DoublePrecision => LogicalType.Of(TypeKind.Double),
        TypeKind.Uuid => LogicalType.Of(TypeKind.Varchar),
        _ => type,
    };
}
