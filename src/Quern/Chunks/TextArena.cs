using System.Runtime.InteropServices;

namespace Quern.Chunks;

/// <summary>Copies of texts outside of the managed heap, which stay where they are until <see cref="Clear"/>.</summary>
sealed unsafe class TextArena : IDisposable
{
    const int PieceBytes = 1 << 18;

    readonly List<nint> _pieces = [];
    readonly List<nint> _long = [];
    long _longBytes;
    int _open;
    byte* _next;
    byte* _end;

    ~TextArena() => Free();

    /// <summary>Memory that it holds.</summary>
    public long HeldBytes => ((long)_pieces.Count * PieceBytes) + _longBytes;

    /// <summary>Copies bytes; returns where they are.</summary>
    public byte* Copy(byte* bytes, int length)
    {
        var to = _next;
        if (_end - to < length)
        {
            to = Open(length);
        }
        else
        {
            _next += length;
        }
        new ReadOnlySpan<byte>(bytes, length).CopyTo(new Span<byte>(to, length));
        return to;
    }

    /// <summary>Forgets all copies. Keeps the memory, but for that of long texts.</summary>
    public void Clear()
    {
        if (Poison.IsOn)
            foreach (var piece in _pieces) Poison.Fill(new Span<byte>((void*)piece, PieceBytes));
        foreach (var text in _long) NativeMemory.Free((void*)text);
        _long.Clear();
        (_longBytes, _open) = (0, 0);
        _next = _end = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Room in the next piece; for a long text, memory of its own.</summary>
    byte* Open(int length)
    {
        if (length > PieceBytes / 4)
        {
            var own = (byte*)NativeMemory.Alloc((nuint)length);
            _long.Add((nint)own);
            _longBytes += length;
            return own;
        }
        if (_open == _pieces.Count) _pieces.Add((nint)NativeMemory.Alloc(PieceBytes));
        var first = (byte*)_pieces[_open++];
        _next = first + length;
        _end = first + PieceBytes;
        return first;
    }

    void Free()
    {
        foreach (var piece in _pieces) NativeMemory.Free((void*)piece);
        foreach (var text in _long) NativeMemory.Free((void*)text);
        _pieces.Clear();
        _long.Clear();
        _longBytes = 0;
        _next = _end = null;
    }
}
