using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Quern.Chunks;

namespace Quern.Folding.Kernel.Texts;

/// <summary>Hashes of texts that are the same in every run.</summary>
static unsafe class TextHash
{
    const ulong First = 0x9E3779B97F4A7C15, Second = 0xC2B2AE3D27D4EB4F;

    /// <summary>Of a text that lies in place: of its 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Short(in Text text)
    {
        var both = Unsafe.As<Text, Vector128<ulong>>(ref Unsafe.AsRef(in text));
        return Mix(both.GetElement(0) ^ First, both.GetElement(1) ^ Second);
    }

    /// <summary>Of a longer text.</summary>
    public static ulong Long(byte* bytes, int length)
    {
        var hash = (ulong)length * First;
        var at = bytes;
        for (; at + 16 <= bytes + length; at += 16)
            hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(at), BitOperations.RotateLeft(hash, 29) ^ Unsafe.ReadUnaligned<ulong>(at + 8) ^ Second);
        // The last bytes once more: a text has at least 13.
        return Mix(hash ^ Unsafe.ReadUnaligned<ulong>(bytes + length - 8), BitOperations.RotateLeft(hash, 17) ^ Tail(at, bytes + length) ^ First);
    }

    /// <summary>Of any text.</summary>
    public static ulong Of(in Text text) => text.Length <= Text.InlineBytes ? Short(text) : Long(text.First, text.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    static ulong Tail(byte* at, byte* end)
    {
        var tail = 0UL;
        for (; at < end; at++) tail = (tail << 8) | *at;
        return tail;
    }
}
