using System.Runtime.InteropServices;

namespace Quern.Chunks;

/// <summary>A span of time in calendar units that do not convert into each other.</summary>
/// <param name="Months">Months; a year is 12.</param>
/// <param name="Days">Days.</param>
/// <param name="Micros">Microseconds.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Interval(int Months, int Days, long Micros);
