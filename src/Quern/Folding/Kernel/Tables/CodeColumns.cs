namespace Quern.Folding.Kernel.Tables;

/// <summary>The codes of some keys, a column each.</summary>
/// <param name="count">How many keys.</param>
sealed unsafe class CodeColumns(int count)
{
    readonly nint[] _columns = new nint[count];

    /// <summary>The codes of a key; null where nobody asks for them.</summary>
    public uint* this[int key]
    {
        get => (uint*)_columns[key];
        set => _columns[key] = (nint)value;
    }
}
