using System.Runtime.InteropServices;

namespace Quern.Chunks;

/// <summary>Where the elements of a list row lie in the child vector.</summary>
/// <param name="Offset">First element.</param>
/// <param name="Length">How many elements.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ListEntry(ulong Offset, ulong Length);
