using Quern.Duck;
using Quern.Running;

namespace Quern.Delivery;

/// <summary>A table that is written and proved but not in place yet; disposed without a commit it is gone.</summary>
/// <param name="rows">Its rows, as the destination has confirmed them.</param>
abstract class StagedOutput(long rows) : IDisposable
{
    /// <summary>Its rows, as the destination has confirmed them.</summary>
    public long Rows => rows;

    /// <summary>Rows that were left out because others have their key. Default: none.</summary>
    public virtual long Repeated => 0;

    /// <summary>
    /// True when another run can be in the way of the commit: such outputs go first, so that the others stay as they
    /// were when it is. Default: false.
    /// </summary>
    public virtual bool IsContended => false;

    /// <summary>Absolute path of the file or folder that is staged; null when it is rows of a table. Default: null.</summary>
    public virtual string? Path => null;

    /// <summary>The table, where it can be read, and in which session; null when it is a file. Default: null.</summary>
    public virtual (DuckSession Session, string Relation)? Table => null;

    /// <summary>Puts it in place.</summary>
    /// <returns>What is there now.</returns>
    /// <exception cref="QuernException">It is not in place, and the destination is as it was.</exception>
    public abstract RunOutput Commit();

    /// <summary>Removes what was staged, unless it is in place.</summary>
    public abstract void Dispose();
}
