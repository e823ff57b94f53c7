using System.Numerics;
using System.Runtime.InteropServices;

namespace Quern.Rollups.Store;

/// <summary>The checksum of a store: CRC-32C (RFC 3720, appendix B.4) of four lanes, to which the words of 8 bytes go in turn, and of the four
/// sums. Lanes, because one sum waits for the word before it.</summary>
/// <remarks>A change of at most 32 adjacent bits always changes the checksum.</remarks>
static class Checksum
{
    const int Lanes = 4;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
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
        var all = BitOperations.Crc32C(uint.MaxValue, a | ((ulong)b << 32));
        all = BitOperations.Crc32C(all, c | ((ulong)d << 32));
        return ~BitOperations.Crc32C(all, (ulong)bytes.Length);
    }
}
