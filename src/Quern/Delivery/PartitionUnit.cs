namespace Quern.Delivery;

/// <summary>How long a partition of a table is.</summary>
public enum PartitionUnit
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A year.</summary>
    Year,
}
