using System.Numerics;
using System.Runtime.CompilerServices;

namespace Quern.Arrow.Buffers;

/// <summary>Bits that are appended one after the other, lowest bit of a byte first: validity, 1 = not NULL.</summary>
sealed unsafe class BitBuffer : IDisposable
{
    const int WordBits = 64;

    readonly NativeBuffer _words = new();

    /// <summary>Bits in use.</summary>
    public int Count { get; private set; }

    /// <summary>Bits that are 0.</summary>
    public int Zeros { get; private set; }

    /// <summary>The bits in whole bytes; those behind the last one are 0.</summary>
    public ReadOnlySpan<byte> Bytes => _words.Bytes[..((Count + 7) / 8)];

    /// <summary>Appends ones.</summary>
    public void AppendOnes(int count)
    {
        for (; count > 0; count -= WordBits) AppendWord(ulong.MaxValue, Math.Min(count, WordBits));
    }

    /// <summary>Appends bits of words.</summary>
    /// <param name="words">Bits from the lowest on.</param>
    /// <param name="from">The first bit to take.</param>
    /// <param name="count">How many.</param>
    public void Append(ReadOnlySpan<ulong> words, int from, int count)
    {
        for (; count > 0; count -= WordBits, from += WordBits)
        {
            var taken = Math.Min(count, WordBits);
            AppendWord(Word(words, from, taken), taken);
        }
    }

    /// <summary>Up to 64 bits of words; those behind them are anything.</summary>
    public static ulong Word(ReadOnlySpan<ulong> words, int from, int count)
    {
        var (word, shift) = (from / WordBits, from % WordBits);
        var bits = words[word] >> shift;
        return shift > 0 && count > WordBits - shift ? bits | (words[word + 1] << (WordBits - shift)) : bits;
    }

    /// <summary>Appends up to 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendWord(ulong bits, int count)
    {
        if (count < WordBits) bits &= (1UL << count) - 1;
        Zeros += count - BitOperations.PopCount(bits);
        var shift = Count % WordBits;
        if (shift == 0)
        {
            _words.Reserve(sizeof(ulong));
            *(ulong*)_words.End = bits;
            _words.Advance(sizeof(ulong));
        }
        else
        {
            ((ulong*)_words.End)[-1] |= bits << shift;
            if (count > WordBits - shift)
            {
                _words.Reserve(sizeof(ulong));
                *(ulong*)_words.End = bits >> (WordBits - shift);
                _words.Advance(sizeof(ulong));
            }
        }
        Count += count;
    }

    /// <summary>Forgets the bits, keeps the memory.</summary>
    public void Clear()
    {
        _words.Cut();
        Count = 0;
        Zeros = 0;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _words.Dispose();
}
