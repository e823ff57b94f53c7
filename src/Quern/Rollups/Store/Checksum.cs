using System.Numerics;
using System.Runtime.InteropServices;

namespace Quern.Rollups.Store;

/// <summary>The checksum of a store: CRC-32C (RFC 3720, appendix B.4) of four lanes, to which the words of 8 bytes go in turn, mixed into 64
/// bits by multiplication. Lanes, because one CRC waits for the word before it; 64 bits, because a CRC of CRCs would miss some pairs of
/// bits.</summary>
/// <remarks>A change inside one word of 8 bytes always changes the checksum; any other is missed once in 2^64.</remarks>
static class Checksum
{
    const int Lanes = 4;

    // Odd, so that multiplication loses nothing: the fractions of the golden ratio and of the square roots of 2 and 3.
    const ulong First = 0x9E3779B97F4A7C15, Second = 0x6A09E667F3BCC909, Third = 0xBB67AE8584CAA73B;

    /// <summary>The checksum of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        uint a = uint.MaxValue, b = uint.MaxValue, c = uint.MaxValue, d = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        while (words.Length >= Lanes)
        {
            a = BitOperations.Crc32C(a, words[0]);
            b = BitOperations.Crc32C(b, words[1]);
            c = BitOperations.Crc32C(c, words[2]);
            d = BitOperations.Crc32C(d, words[3]);
            words = words[Lanes..];
        }
        foreach (var rest in bytes[^(bytes.Length % (Lanes * sizeof(ulong)))..]) a = BitOperations.Crc32C(a, rest);
        return Join(Join(First * (ulong)bytes.Length, a | ((ulong)b << 32)), c | ((ulong)d << 32));
    }

    /// <summary>The checksum of two parts from that of the first and that of the second.</summary>
    public static ulong Join(ulong sum, ulong next)
    {
        sum = (sum ^ (next * Second)) * Third;
        return sum ^ (sum >> 32);
    }
}
