using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Texts and blobs, which stay in the vector.</summary>
/// <param name="isText">Texts, in which a NUL is looked for.</param>
/// <param name="stripNul">Whether NUL characters are taken out; else they are an error.</param>
sealed unsafe class BytesBinder(bool isText, bool stripNul) : ColumnBinder
{
    readonly List<byte[]> _stripped = [];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Bind(nint statement, Vector vector, int row, int count, int parameter, int stride)
    {
        if (_stripped.Count > 0) _stripped.Clear();
        // The vector's memory is the engine's, which does not move.
        var texts = (Text*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(vector.Texts));
        var isFull = vector.AllValid;
        for (var end = row + count; row < end; row++, parameter += stride)
        {
            if (!isFull && vector.IsNull(row))
            {
                BindNull(statement, parameter);
                continue;
            }
            var text = texts + row;
            var length = text->Length;
            var first = length <= Text.InlineBytes ? (byte*)text + sizeof(int) : text->First;
            if (!isText)
            {
                Check(SqliteApi.sqlite3_bind_blob(statement, parameter, first, length, SqliteApi.Static), parameter);
                continue;
            }
            if (new ReadOnlySpan<byte>(first, length).Contains((byte)0))
            {
                if (!stripNul) throw new UnfitValueException(UnfitReason.Nul, row);
                first = Stripped(first, ref length);
            }
            BindText(statement, parameter, first, length);
        }
    }

    byte* Stripped(byte* first, ref int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Math.Max(length, 1), pinned: true);
        var kept = 0;
        for (var i = 0; i < length; i++)
            if (first[i] != 0) bytes[kept++] = first[i];
        _stripped.Add(bytes);
        length = kept;
        return (byte*)Unsafe.AsPointer(ref bytes[0]);
    }
}
