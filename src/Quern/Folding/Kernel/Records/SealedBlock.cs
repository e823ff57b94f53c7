namespace Quern.Folding.Kernel.Records;

/// <summary>Records of one partition that are not added to any more.</summary>
/// <param name="Partition">The partition, counted by the shift of the form.</param>
/// <param name="Form">Of the records.</param>
/// <param name="Rows">How many records.</param>
/// <param name="Values">How many values of measures they have.</param>
/// <param name="Memory">Where they lie; 0 when they are in the file.</param>
/// <param name="Offset">Where they lie in the file.</param>
readonly record struct SealedBlock(long Partition, RecordForm Form, int Rows, int Values, nint Memory, long Offset)
{
    /// <summary>Rows without a value to part them by.</summary>
    public const long NullPartition = long.MaxValue;

    /// <summary>Bytes of it that are used.</summary>
    public int Bytes => ((Rows * Form.Words) + Values) * sizeof(ulong);
}
