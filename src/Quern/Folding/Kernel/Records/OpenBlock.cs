namespace Quern.Folding.Kernel.Records;

/// <summary>A block that records are added to: words from its beginning, values from its end.</summary>
unsafe struct OpenBlock
{
    /// <summary>Its memory.</summary>
    public ulong* Start;

    /// <summary>Where the next record goes.</summary>
    public ulong* Head;

    /// <summary>In front of it the next value goes.</summary>
    public ulong* Tail;

    /// <summary>Whose records these are.</summary>
    public long Partition;

    /// <summary>How many.</summary>
    public int Rows;

    /// <summary>Forgets all records.</summary>
    public void Clear(int bytes)
    {
        Head = Start;
        Tail = Start + (bytes / sizeof(ulong));
        Rows = 0;
    }
}
