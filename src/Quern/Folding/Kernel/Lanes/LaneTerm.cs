using Quern.Chunks;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>An expression of a thread: makes its lane for the rows of a chunk, once a chunk.</summary>
/// <param name="lane">Where values go.</param>
abstract class LaneTerm(Lane lane) : IDisposable
{
    int _chunk = -1;

    /// <summary>The values, after <see cref="Evaluate"/>.</summary>
    public Lane Lane { get; } = lane;

    /// <summary>Makes the values.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="chunk">The number of the chunk: values of one are made once.</param>
    public Lane Evaluate(int rows, int chunk)
    {
        if (_chunk != chunk) Make(rows, chunk);
        _chunk = chunk;
        return Lane;
    }

    /// <inheritdoc/>
    public virtual void Dispose() => Lane.Dispose();

    /// <summary>Writes all values, and which are NULL.</summary>
    protected abstract void Make(int rows, int chunk);
}
