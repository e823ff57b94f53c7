using System.Numerics;

namespace Quern.Rollups.Store;

/// <summary>How large the file of a grain is.</summary>
/// <param name="Rows">Groups.</param>
/// <param name="Keys">Keys.</param>
/// <param name="Columns">Columns of each block: keys, the number of rows, presence and states of each measure.</param>
readonly record struct GrainShape(long Rows, int Keys, int Columns)
{
    /// <summary>The shape of a grain with these keys and measures.</summary>
    public static GrainShape Of(long rows, int keys, IReadOnlyList<StoredMeasure> measures) =>
        new(rows, keys, keys + 1 + measures.Sum(ColumnsOf));

    /// <summary>Columns of a measure: presence and its states.</summary>
    public static int ColumnsOf(StoredMeasure measure) => 1 + BitOperations.PopCount((uint)measure.Keep);
}
