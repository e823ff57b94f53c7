namespace Quern.Chunks;

/// <summary>Overwrites memory that is used again, so that whoever still relies on what stood there gets something else at once. For
/// debug builds, and where the switch <c>Quern.Poison</c> is set, as it is for tests.</summary>
static class Poison
{
    /// <summary>What bytes become.</summary>
    public const byte Filler = 0xDD;

    /// <summary>Memory is overwritten.</summary>
#if DEBUG
    public static readonly bool IsOn = true;
#else
    public static readonly bool IsOn = AppContext.TryGetSwitch("Quern.Poison", out var isOn) && isOn;
#endif

    /// <summary>Overwrites bytes.</summary>
    public static void Fill(Span<byte> bytes)
    {
        if (IsOn) bytes.Fill(Filler);
    }
}
