using Quern.Delivery.Postgres.Shapes;

namespace Quern.Delivery.Postgres.Typing;

/// <summary>A column of a table in the server.</summary>
/// <param name="Name">Its name, not quoted.</param>
/// <param name="Type">Its type as SQL says it: <c>numeric(12,2)</c>, <c>text[]</c>.</param>
/// <param name="Base">The type under domains, by the name of the catalog: <c>int4</c>, <c>_text</c>, <c>geometry</c>.</param>
sealed record TargetColumn(string Name, string Type, string Base)
{
    /// <summary>e for enums, b for others of the catalog. Default: b.</summary>
    public char Kind { get; init; } = 'b';

    /// <summary>The type of elements, by the name of the catalog; null when it is no array.</summary>
    public string? Element { get; init; }

    /// <summary>Kind of the elements, as <see cref="Kind"/>.</summary>
    public char ElementKind { get; init; } = 'b';

    /// <summary>The element's number in the catalog.</summary>
    public uint ElementOid { get; init; }

    /// <summary>NULL is refused.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Rows without a value get one: a default, an identity.</summary>
    public bool HasDefault { get; init; }

    /// <summary>The server makes it: nobody writes it.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>An identity that takes values by COPY only.</summary>
    public bool IsAlwaysIdentity { get; init; }

    /// <summary>What shapes it takes; null when it takes none.</summary>
    public ShapeColumn? Shapes { get; init; }

    /// <summary>Digits behind the point of a numeric; null for any number.</summary>
    public int? Scale { get; init; }
}
