using Quern.Chunks;
using Quern.Duck;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>A column of a grain as tables have it: keys as their values, states with NULL where there is no value.</summary>
/// <param name="type">Of the values.</param>
abstract class GrainColumn(LogicalType type)
{
    /// <summary>Of the values.</summary>
    public LogicalType Type { get; } = type;

    /// <summary>Writes some rows of a block, from the first row of a vector on.</summary>
    public abstract void Write(GrainBlock block, int from, int rows, VectorWriter to);

    /// <summary>Writes numbers in the form of the type: whole, unscaled, since 1970, or the bits of a DOUBLE.</summary>
    protected void Write(ReadOnlySpan<long> numbers, VectorWriter to)
    {
        switch (Type)
        {
            case { Kind: TypeKind.Float }:
                var floats = to.Values<float>();
                for (var i = 0; i < numbers.Length; i++) floats[i] = (float)BitConverter.Int64BitsToDouble(numbers[i]);
                break;
            case { Width: 1 }:
                var bytes = to.Values<byte>();
                for (var i = 0; i < numbers.Length; i++) bytes[i] = unchecked((byte)numbers[i]);
                break;
            case { Width: 2 }:
                var shorts = to.Values<short>();
                for (var i = 0; i < numbers.Length; i++) shorts[i] = unchecked((short)numbers[i]);
                break;
            case { Width: 4 }:
                var words = to.Values<int>();
                for (var i = 0; i < numbers.Length; i++) words[i] = unchecked((int)numbers[i]);
                break;
            case { Width: 8 }:
                numbers.CopyTo(to.Values<long>());
                break;
            default:
                var wholes = to.Values<Int128>();
                for (var i = 0; i < numbers.Length; i++) wholes[i] = numbers[i];
                break;
        }
    }
}
