using Quern.Running;

namespace Quern.Delivery;

/// <summary>A table that is written and proved but not in place yet; disposed without a commit it is gone.</summary>
/// <param name="rows">Its rows, as the destination has confirmed them.</param>
abstract class StagedOutput(long rows) : IDisposable
{
    /// <summary>Its rows, as the destination has confirmed them.</summary>
    public long Rows => rows;

    /// <summary>
    /// True when another run can be in the way of the commit: such outputs go first, so that the others stay as they
    /// were when it is. Default: false.
    /// </summary>
    public virtual bool IsContended => false;

    /// <summary>Puts it in place.</summary>
    /// <returns>What is there now.</returns>
    /// <exception cref="QuernException">It is not in place, and the destination is as it was.</exception>
    public abstract RunOutput Commit();

    /// <summary>Removes what was staged, unless it is in place.</summary>
    public abstract void Dispose();
}
