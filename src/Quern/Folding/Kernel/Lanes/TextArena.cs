using System.Runtime.InteropServices;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>Bytes of texts that stay where they are until the arena is cleared.</summary>
sealed unsafe class TextArena : IDisposable
{
    const int PieceBytes = 1 << 18;

    readonly List<(nint At, long Bytes)> _pieces = [];
    int _piece = -1;
    long _used;

    ~TextArena() => Free();

    /// <summary>Memory that is held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Room for some bytes; 32 more may be written behind them before the next call.</summary>
    public byte* Take(int length)
    {
        while (_piece < 0 || _used + length > _pieces[_piece].Bytes)
        {
            _piece++;
            _used = 0;
            if (_piece == _pieces.Count) Add(Math.Max(PieceBytes, length));
        }
        var at = (byte*)_pieces[_piece].At + _used;
        _used += length;
        return at;
    }

    /// <summary>Forgets all texts.</summary>
    public void Clear() => (_piece, _used) = (-1, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    void Add(int bytes)
    {
        _pieces.Add(((nint)NativeMemory.Alloc((nuint)bytes + 32), bytes));
        Bytes += bytes;
    }

    void Free()
    {
        foreach (var (at, _) in _pieces) NativeMemory.Free((void*)at);
        _pieces.Clear();
    }
}
