using System.Runtime.InteropServices;

namespace Quern.Folding.Kernel.Sums;

/// <summary>What a group knows of a measure. Nothing but <see cref="Count"/> means anything while that is 0.</summary>
[StructLayout(LayoutKind.Sequential)]
struct MeasureState
{
    /// <summary>The lower half of the sum, in the units of <see cref="Quantum"/> for doubles.</summary>
    public ulong Low;

    /// <summary>The upper half of the sum.</summary>
    public long High;

    /// <summary>The least value, in the order of <see cref="Quantum.Order"/> for doubles.</summary>
    public long Min;

    /// <summary>The greatest value.</summary>
    public long Max;

    /// <summary>Values that are not NULL.</summary>
    public long Count;
}
