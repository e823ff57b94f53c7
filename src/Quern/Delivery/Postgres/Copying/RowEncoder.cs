using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Quern.Chunks;
using Quern.Delivery.Postgres.Binary;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Delivery.Postgres.Copying;

/// <summary>Writes rows as COPY BINARY has them: the number of fields, then each field with its length in front.</summary>
/// <remarks>Fields of the usual forms are written here, others by their encoders. Room for all fields but texts is looked for once a row:
/// <see cref="_room"/> bytes are free in front of each field.</remarks>
/// <param name="routes">The columns.</param>
/// <param name="originals">Of each column, where the value stands that a cast was made from; -1 when there was no cast.</param>
sealed unsafe class RowEncoder(IReadOnlyList<ColumnRoute> routes, IReadOnlyList<int> originals)
{
    /// <summary>The most that a field of a usual form takes besides the bytes of a text, which are written 16 at a time.</summary>
    const int FieldBytes = 32;

    /// <summary>Longer texts are copied and searched by the runtime.</summary>
    const int LongText = 256;

    struct Lane
    {
        public byte* Data;
        public ulong* Validity;
        public FieldForm Form;
    }

    readonly FieldEncoder[] _encoders = [.. routes.Select(r => r.Encoder)];
    readonly int[] _checked = [.. Enumerable.Range(0, originals.Count).Where(i => originals[i] >= 0)];
    readonly Lane[] _lanes = new Lane[routes.Count];
    readonly int _room = FieldBytes * (routes.Count + 1);
    VectorMemory[] _columns = [];
    int _column;

    /// <summary>Says where the rows lie that are written next.</summary>
    public void Begin(ReadOnlySpan<VectorMemory> columns)
    {
        if (_columns.Length != columns.Length) _columns = new VectorMemory[columns.Length];
        columns.CopyTo(_columns);
        for (var i = 0; i < _lanes.Length; i++)
        {
            var column = columns[i];
            _lanes[i] = new Lane { Data = column.Data, Validity = column.Validity, Form = _encoders[i].Form(column.Type) };
        }
    }

    /// <summary>Writes a row; leaves nothing of one that does not fit.</summary>
    /// <returns>What is wrong with the row; null when it is written.</returns>
    public (UnfitException Why, int Column)? Write(CopyBuffer to, int row)
    {
        var start = to.Length;
        try
        {
            Fields(to, row);
            foreach (var column in _checked)
            {
                if (!IsLost(_columns[column], _columns[originals[column]], row)) continue;
                _column = column;
                throw Lost(column);
            }
            if (to.Length - start > CopyBuffer.MostFieldBytes)
                throw new UnfitException("QN8281", "a row is larger than the server takes") { Wanted = "at most 1 GiB" };
            return null;
        }
        catch (UnfitException e)
        {
            to.Cut(start);
            return (e, Math.Min(_column, _encoders.Length - 1));
        }
    }

    [SkipLocalsInit]
    void Fields(CopyBuffer to, int row)
    {
        _column = 0;
        var at = to.Reserve(_room);
        var limit = to.Limit;
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness((short)_lanes.Length));
        at += 2;
        var (word, bit) = (row >> 6, 1ul << row);
        var lanes = _lanes;
        for (var i = 0; i < lanes.Length; i++)
        {
            ref readonly var lane = ref lanes[i];
            if (lane.Validity is not null && (lane.Validity[word] & bit) == 0)
            {
                Unsafe.WriteUnaligned(at, -1);
                at += 4;
                continue;
            }
            switch (lane.Form)
            {
                case FieldForm.Truth:
                    Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(1));
                    at[4] = lane.Data[row] != 0 ? (byte)1 : (byte)0;
                    at += 5;
                    continue;
                case FieldForm.Word:
                    at = Write(at, ((int*)lane.Data)[row]);
                    continue;
                case FieldForm.Long:
                    at = Write(at, ((long*)lane.Data)[row]);
                    continue;
                case FieldForm.Days when ((int*)lane.Data)[row] is > -int.MaxValue + DateEncoder.Epoch and < int.MaxValue and var days:
                    at = Write(at, days - DateEncoder.Epoch);
                    continue;
                case FieldForm.Micros
                    when ((long*)lane.Data)[row] is > -long.MaxValue + TimestampEncoder.Epoch and < long.MaxValue and var micros:
                    at = Write(at, micros - TimestampEncoder.Epoch);
                    continue;
                case FieldForm.Text:
                case FieldForm.Jsonb:
                    var text = (Text*)lane.Data + row;
                    if (text->Length > CopyBuffer.MostFieldBytes) break;
                    if (limit - at < (long)text->Length + _room)
                    {
                        _column = i;
                        to.Seek(at);
                        at = to.Reserve(text->Length + _room);
                        limit = to.Limit;
                    }
                    if (lane.Form == FieldForm.Jsonb)
                    {
                        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(text->Length + 1));
                        at[4] = JsonEncoder.Version;
                        text->Bytes.CopyTo(new Span<byte>(at + 5, text->Length));
                        at += 5 + text->Length;
                        continue;
                    }
                    if (!Write(at, text)) break;
                    at += 4 + text->Length;
                    continue;
            }
            to.Seek(at);
            _column = i;
            _encoders[i].WriteField(to, _columns[i], row);
            at = to.Reserve(_room);
            limit = to.Limit;
        }
        to.Seek(at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte* Write(byte* at, int value)
    {
        // Length and value are one word of 64 bits, both in network order.
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness((4ul << 32) | (uint)value));
        return at + 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte* Write(byte* at, long value)
    {
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(8));
        Unsafe.WriteUnaligned(at + 4, BinaryPrimitives.ReverseEndianness(value));
        return at + 12;
    }

    /// <summary>Copies a text behind its length, 16 bytes at a time.</summary>
    /// <returns>False when it holds a NUL character.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Write(byte* at, Text* text)
    {
        var length = text->Length;
        if (length <= Text.InlineBytes)
        {
            // A text in place stands behind its length, as it is sent.
            var all = Vector128.Load((byte*)text);
            all.AsInt32().WithElement(0, BinaryPrimitives.ReverseEndianness(length)).AsByte().Store(at);
            return (Vector128.Equals(all, Vector128<byte>.Zero).ExtractMostSignificantBits() >> 4 & ((1u << length) - 1)) == 0;
        }
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(length));
        at += 4;
        var from = text->First;
        if (length > LongText)
        {
            var bytes = new ReadOnlySpan<byte>(from, length);
            bytes.CopyTo(new Span<byte>(at, length));
            return !bytes.Contains((byte)0);
        }
        if (length < 16)
        {
            var (first, last) = (Unsafe.ReadUnaligned<ulong>(from), Unsafe.ReadUnaligned<ulong>(from + length - 8));
            Unsafe.WriteUnaligned(at, first);
            Unsafe.WriteUnaligned(at + length - 8, last);
            var both = Vector128.Create(first, last).AsByte();
            return !Vector128.EqualsAny(both, Vector128<byte>.Zero);
        }
        var least = Vector128<byte>.AllBitsSet;
        for (var i = 0; i < length - 16; i += 16)
        {
            var part = Vector128.Load(from + i);
            part.Store(at + i);
            least = Vector128.Min(least, part);
        }
        var rest = Vector128.Load(from + length - 16);
        rest.Store(at + length - 16);
        return !Vector128.EqualsAny(Vector128.Min(least, rest), Vector128<byte>.Zero);
    }

    static bool IsLost(VectorMemory cast, VectorMemory original, int row) =>
        new Vector(cast).IsNull(row) && !new Vector(original).IsNull(row);

    UnfitException Lost(int column) => new("QN8281", $"a value is no {routes[column].Target.Type}") { Wanted = routes[column].Target.Type };
}
