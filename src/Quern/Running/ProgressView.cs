namespace Quern.Running;

/// <summary>How far a run is at one moment.</summary>
/// <param name="Step">The step that began last and has not ended; null between steps.</param>
/// <param name="BytesDone">Bytes of the sources that are done.</param>
/// <param name="BytesKnown">Bytes of the sources in all, as far as known: never less than <paramref name="BytesDone"/>; 0 when
/// nothing is known.</param>
/// <param name="Rows">Rows done.</param>
public readonly record struct ProgressView(string? Step, long BytesDone, long BytesKnown, long Rows)
{
    /// <summary>The done part, 0 to 1; null when nothing was announced.</summary>
    public double? Fraction => BytesKnown == 0 ? null : (double)BytesDone / BytesKnown;
}
