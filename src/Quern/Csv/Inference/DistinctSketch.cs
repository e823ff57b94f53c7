using System.Numerics;
using System.Runtime.InteropServices;

namespace Quern.Csv.Inference;

/// <summary>About how many different texts there are, in 4 KiB whatever their number: the standard error is 1.6 %.</summary>
/// <remarks>HyperLogLog with 4,096 registers and linear counting where few are set. Source: Flajolet, Fusy, Gandouet and Meunier,
/// "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", AofA 2007.</remarks>
sealed class DistinctSketch
{
    const int IndexBits = 12;
    const int Registers = 1 << IndexBits;

    readonly byte[] _registers = new byte[Registers];

    /// <summary>Looks at a text.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        var index = (int)(hash >> (64 - IndexBits));
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        if (rank > _registers[index]) _registers[index] = rank;
    }

    /// <summary>Looks at those of another part of the cells.</summary>
    public void Add(DistinctSketch other)
    {
        for (var i = 0; i < Registers; i++) _registers[i] = Math.Max(_registers[i], other._registers[i]);
    }

    /// <summary>How many different texts were seen, about.</summary>
    public long Estimate()
    {
        var (sum, empty) = (0.0, 0);
        foreach (var register in _registers)
        {
            sum += 1.0 / (1UL << register);
            if (register == 0) empty++;
        }
        const double alpha = 0.7213 / (1 + (1.079 / Registers));
        var raw = alpha * Registers * Registers / sum;
        if (raw <= 2.5 * Registers && empty > 0) raw = Registers * Math.Log((double)Registers / empty);
        return (long)Math.Round(raw);
    }

    // Each eight bytes are mixed by a multiplication whose halves are folded; the finish is that of SplitMix64.
    static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(text), 0xD6E8FEB86659FD93UL);
            text = text[8..];
        }
        var rest = 0UL;
        foreach (var b in text) rest = (rest << 8) | b;
        hash = Fold(hash ^ rest, 0xA0761D6478BD642FUL);
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }

    static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
