using Quern.Duck;

namespace Quern.Csv.Ordering;

/// <summary>The chunks of one block, in their order.</summary>
/// <param name="place">Which block.</param>
sealed class Lane((int File, int Block) place)
{
    /// <summary>Its file, and which block of it.</summary>
    public (int File, int Block) Place => place;

    /// <summary>Chunks that nobody has taken.</summary>
    public Queue<ChunkBuffer> Chunks { get; } = new();

    /// <summary>No more will come.</summary>
    public bool IsDone { get; set; }

    /// <summary>What ended it before its end; it stands behind the chunks.</summary>
    public Exception? Failure { get; set; }
}
