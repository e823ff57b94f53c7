namespace Quern.Csv.Inference;

/// <summary>What was looked at.</summary>
/// <param name="Rows">Rows whose cells were looked at.</param>
/// <param name="Ragged">Rows of another width than their file's, which were not.</param>
/// <param name="Bytes">Bytes of content that were read.</param>
/// <param name="IsAll">Every row was looked at.</param>
readonly record struct ScanCount(long Rows, long Ragged, long Bytes, bool IsAll)
{
    /// <summary>A file that was looked at whole ends between quotes.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Nothing yet.</summary>
    public static ScanCount None => new(0, 0, 0, true);

    /// <summary>Both together.</summary>
    public static ScanCount operator +(ScanCount a, ScanCount b) =>
        new(a.Rows + b.Rows, a.Ragged + b.Ragged, a.Bytes + b.Bytes, a.IsAll && b.IsAll) { IsOpen = a.IsOpen || b.IsOpen };
}
