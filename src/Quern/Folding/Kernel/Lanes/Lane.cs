using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>A value for each row of a chunk: 64 bits or a text, and a bit for NULL.</summary>
/// <remarks>What stands in a NULL row is any value. Memory outside the managed heap, freed by <see cref="Dispose"/>.</remarks>
sealed unsafe class Lane : IDisposable
{
    /// <summary>Words of <see cref="Nulls"/>.</summary>
    public const int NullWords = Chunk.Capacity / 64;

    readonly bool _ownsValues;

    /// <summary>Makes a lane.</summary>
    /// <param name="kind">What values are.</param>
    /// <param name="type">Their type.</param>
    /// <param name="values">Where they lie when somebody else keeps them; null to keep them here.</param>
    public Lane(LaneKind kind, LogicalType type, void* values = null)
    {
        (Kind, Type) = (kind, type);
        _ownsValues = values is null;
        Values = (long*)(values is null ? NativeMemory.AllocZeroed((nuint)(Chunk.Capacity * (kind == LaneKind.Text ? sizeof(Text) : sizeof(long)))) : values);
        Nulls = (ulong*)NativeMemory.AllocZeroed(NullWords * sizeof(ulong));
    }

    ~Lane() => Free();

    /// <summary>What values are.</summary>
    public LaneKind Kind { get; }

    /// <summary>Their type.</summary>
    public LogicalType Type { get; }

    /// <summary>Numbers, or the bits of doubles.</summary>
    public long* Values { get; private set; }

    /// <summary>Doubles.</summary>
    public double* Doubles => (double*)Values;

    /// <summary>Texts.</summary>
    public Text* Texts => (Text*)Values;

    /// <summary>A bit for each row that is NULL.</summary>
    public ulong* Nulls { get; private set; }

    /// <summary>Some rows are NULL; if not, no bit is set.</summary>
    public bool HasNulls { get; set; }

    /// <summary>A row is NULL.</summary>
    public bool IsNull(int row) => ((Nulls[row >> 6] >> row) & 1) != 0;

    /// <summary>Makes a row NULL.</summary>
    public void SetNull(int row)
    {
        Nulls[row >> 6] |= 1UL << row;
        HasNulls = true;
    }

    /// <summary>No row is NULL any more.</summary>
    public void ClearNulls()
    {
        if (HasNulls) new Span<ulong>(Nulls, NullWords).Clear();
        HasNulls = false;
    }

    /// <summary>The rows are NULL that are so in another lane.</summary>
    public void CopyNulls(Lane other)
    {
        ClearNulls();
        if (!other.HasNulls) return;
        new ReadOnlySpan<ulong>(other.Nulls, NullWords).CopyTo(new(Nulls, NullWords));
        HasNulls = true;
    }

    /// <summary>Rows are NULL, too, that are so in another lane.</summary>
    public void AddNulls(Lane other)
    {
        if (!other.HasNulls) return;
        for (var i = 0; i < NullWords; i++) Nulls[i] |= other.Nulls[i];
        HasNulls = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    void Free()
    {
        if (_ownsValues) NativeMemory.Free(Values);
        NativeMemory.Free(Nulls);
        Values = null;
        Nulls = null;
    }
}
