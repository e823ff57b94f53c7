using System.Buffers;
using System.Runtime.CompilerServices;
using Quern.Chunks;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Values of any length that are written out as text: JSON of nested ones, and what the engine spells for rare types.</summary>
/// <param name="isJson">Whether they are JSON.</param>
sealed unsafe class WrittenBinder(bool isJson) : ColumnBinder
{
    readonly PinnedBuffer _buffer = new();
    readonly JsonText? _json = isJson ? new JsonText() : null;
    readonly List<(int Start, int Length)> _texts = [];

    /// <inheritdoc/>
    public override void Bind(nint statement, Vector vector, int row, int count, int parameter, int stride)
    {
        _buffer.Clear();
        _texts.Clear();
        for (var i = row; i < row + count; i++)
        {
            var start = _buffer.Length;
            if (!vector.IsNull(i))
            {
                if (_json is not null) _json.Write(_buffer, vector, i);
                else ValueText.Write(_buffer, vector, i);
            }
            _texts.Add((start, _buffer.Length - start));
        }
        // Only now the bytes stay where they are.
        var first = _buffer.First;
        for (var i = 0; i < count; i++, parameter += stride)
        {
            if (vector.IsNull(row + i)) BindNull(statement, parameter);
            else BindText(statement, parameter, first + _texts[i].Start, _texts[i].Length);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _json?.Dispose();
    }

    /// <summary>Bytes that grow, in memory that does not move between two growths.</summary>
    sealed class PinnedBuffer : IBufferWriter<byte>
    {
        byte[] _bytes = GC.AllocateUninitializedArray<byte>(1 << 12, pinned: true);

        public int Length { get; private set; }

        public byte* First => (byte*)Unsafe.AsPointer(ref _bytes[0]);

        public void Clear() => Length = 0;

        public void Advance(int count) => Length += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            Room(sizeHint);
            return _bytes.AsMemory(Length);
        }

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            Room(sizeHint);
            return _bytes.AsSpan(Length);
        }

        void Room(int wanted)
        {
            wanted = Math.Max(wanted, 1);
            if (_bytes.Length - Length >= wanted) return;
            var larger = GC.AllocateUninitializedArray<byte>(checked(Math.Max(_bytes.Length * 2, Length + wanted)), pinned: true);
            _bytes.AsSpan(0, Length).CopyTo(larger);
            _bytes = larger;
        }
    }
}
