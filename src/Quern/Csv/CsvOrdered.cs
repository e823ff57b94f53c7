using Quern.Chunks;
using Quern.Csv.Ordering;
using Quern.Duck;

namespace Quern.Csv;

/// <summary>
/// Rows of CSV in the order of the files and their rows, for one thread. Threads of its own parse ahead, each a block at a
/// time, into chunks of the engine's memory; these wait until all in front of them were taken.
/// </summary>
/// <remarks>For one thread at a time. Of faults the first in the order of the files is thrown, when its turn comes, whoever found
/// it. Memory: <see cref="BytesPerChunk"/> for each of <see cref="Chunks"/>, the texts of <see cref="Blocks"/>, and
/// <see cref="CsvRead.BytesPerThread"/>.</remarks>
sealed class CsvOrdered : IDisposable
{
    /// <summary>What chunks that wait may take where nobody says, and the most: 32 MiB.</summary>
    internal const long UsualBytes = 32 << 20;

    const long LeastBytes = 4 << 20;
    const int ShareOfLimit = 32;
    const int MostChunks = 512;

    static readonly CsvRead Usual = new() { Files = [], Columns = [] };

    readonly CsvPass _pass;
    readonly ChunkOrder _order;
    readonly Thread[] _threads;
    ChunkBuffer? _taken;
    bool _started;

    /// <summary>Gets ready to read; nothing is read before the first row is asked for.</summary>
    /// <param name="read">What is read.</param>
    /// <param name="threads">Threads that parse, beside the one that takes the rows.</param>
    /// <param name="columns">Positions of the columns to parse, in the order of the chunks; all by default.</param>
    /// <param name="bytes">About what the chunks that wait may take, without their texts. Default: 32 MiB.</param>
    public CsvOrdered(CsvRead read, int threads, IReadOnlyList<int>? columns = null, long bytes = UsualBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _pass = new CsvPass(read, columns, keepsOrder: true);
        BytesPerChunk = _pass.Schema.Columns.Sum(c => (long)c.Type.Width) * Chunk.Capacity;
        // One is with who takes the rows, and one for each thread: fewer would let threads wait for each other.
        Chunks = (int)Math.Clamp(bytes / Math.Max(1, BytesPerChunk), threads + 2, MostChunks);
        Blocks = BlocksOf(threads);
        _order = new ChunkOrder(_pass, Chunks, Blocks);
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(_order.Work) { IsBackground = true, Name = "quern csv" })];
    }

    /// <summary>About what chunks may take that wait, of a memory limit.</summary>
    /// <param name="limitBytes">The limit.</param>
    /// <param name="most">The most. Default: 32 MiB.</param>
    public static long BytesOf(long limitBytes, long most = UsualBytes) => Math.Clamp(limitBytes / ShareOfLimit, LeastBytes, most);

    /// <summary>About what a read takes in all: chunks that wait, the texts in them, and what each thread needs.</summary>
    /// <param name="threads">Threads that parse.</param>
    /// <param name="bytes">What chunks that wait may take.</param>
    public static long MemoryBytes(int threads, long bytes) =>
        bytes + (threads * Usual.BytesPerThread) + ((long)BlocksOf(threads) * Usual.BlockBytes);

    /// <summary>The columns of the chunks.</summary>
    public Schema Schema => _pass.Schema;

    /// <summary>Chunks there are at most.</summary>
    public int Chunks { get; }

    /// <summary>Blocks whose rows are in chunks at most, in full or in part.</summary>
    public int Blocks { get; }

    /// <summary>Memory of a chunk without its texts.</summary>
    public long BytesPerChunk { get; }

    /// <summary>The next rows, valid until the next call; null when there are no more.</summary>
    /// <exception cref="QuernException">A file cannot be read, or holds what it must not.</exception>
    public Chunk? Next() => NextBuffer()?.Read();

    /// <summary>The same as the engine sees it.</summary>
    public ChunkBuffer? NextBuffer()
    {
        if (!_started)
        {
            _started = true;
            foreach (var thread in _threads) thread.Start();
        }
        if (_taken is not null) _order.Return(_taken);
        _taken = null;
        _taken = _order.Take();
        return _taken;
    }

    /// <summary>Ends the threads and frees the memory.</summary>
    public void Dispose()
    {
        _order.Stop();
        if (_started)
            foreach (var thread in _threads) thread.Join();
        _taken?.Dispose();
        _taken = null;
        _order.Dispose();
        _pass.Dispose();
    }

    static int BlocksOf(int threads) => 2 * (threads + 1);
}
