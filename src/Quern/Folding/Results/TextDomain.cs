using Quern.Chunks;

namespace Quern.Folding.Results;

/// <summary>Texts, each once: that of a code lies from <c>Ends[code - 1]</c> (0 for the first) to <c>Ends[code]</c> in the bytes.</summary>
/// <param name="Type">VARCHAR, or a type whose values are kept as text, such as UUID.</param>
/// <param name="Ends">Where each text ends.</param>
/// <param name="Bytes">All texts, UTF-8.</param>
/// <param name="IsInOrder">Texts are ascending, byte by byte.</param>
sealed record TextDomain(LogicalType Type, ReadOnlyMemory<long> Ends, ReadOnlyMemory<byte> Bytes, bool IsInOrder) : KeyDomain(Type, (uint)Ends.Length)
{
    /// <inheritdoc/>
    public override bool IsSorted => IsInOrder;

    /// <summary>The text of a code.</summary>
    public ReadOnlySpan<byte> this[uint code]
    {
        get
        {
            var ends = Ends.Span;
            var from = code == 0 ? 0 : ends[(int)code - 1];
            return Bytes.Span[(int)from..(int)ends[(int)code]];
        }
    }
}
