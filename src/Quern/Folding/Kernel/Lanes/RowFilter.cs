using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>The rows for which a condition holds.</summary>
/// <param name="condition">The condition; NULL does not hold.</param>
sealed unsafe class RowFilter(LaneTerm condition) : IDisposable
{
    /// <summary>The rows of the last chunk, ascending.</summary>
    public int* Selected { get; private set; } = (int*)NativeMemory.Alloc(Chunk.Capacity, sizeof(int));

    /// <summary>Finds the rows of a chunk.</summary>
    /// <returns>How many.</returns>
    public int Select(int rows, int chunk)
    {
        var lane = condition.Evaluate(rows, chunk);
        var count = 0;
        for (var i = 0; i < rows; i++)
        {
            Selected[count] = i;
            if (lane.Values[i] != 0 && !(lane.HasNulls && lane.IsNull(i))) count++;
        }
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(Selected);
        Selected = null;
    }
}
