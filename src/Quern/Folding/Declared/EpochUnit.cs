namespace Quern.Folding.Declared;

/// <summary>What whole numbers count since 1970-01-01 00:00 UTC.</summary>
enum EpochUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Thousandths of a second.</summary>
    Milliseconds,

    /// <summary>Millionths of a second.</summary>
    Microseconds,
}
