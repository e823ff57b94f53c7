using Quern.Arrow.Buffers;
using Quern.Delivery.Parquet.Encoding;

namespace Quern.Delivery.Parquet.Metadata;

/// <summary>Writes structs in Thrift's compact protocol, which Parquet keeps its metadata in.</summary>
/// <remarks>Fields are written in ascending order of their numbers. Source: Thrift, "Thrift Compact protocol encoding".</remarks>
sealed unsafe class CompactWriter : IDisposable
{
    const byte True = 1, False = 2, Int8 = 3, Int16 = 4, Int32 = 5, Int64 = 6, Blob = 8, List = 9, Struct = 12;
    const int MostShortList = 14;

    readonly NativeBuffer _to = new();
    readonly Stack<int> _outer = new();
    int _last;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes => _to.Bytes;

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _to.Cut();
        _outer.Clear();
        _last = 0;
    }

    /// <summary>Begins a struct that is no field: the outermost one, or an element of a list.</summary>
    public void Begin()
    {
        _outer.Push(_last);
        _last = 0;
    }

    /// <summary>Ends the struct that was begun last.</summary>
    public void End()
    {
        Byte(0);
        _last = _outer.Pop();
    }

    /// <summary>Begins a field that is a struct.</summary>
    public void BeginStruct(int field)
    {
        Field(field, Struct);
        Begin();
    }

    /// <summary>Writes a field that is a struct without fields.</summary>
    public void Empty(int field)
    {
        BeginStruct(field);
        End();
    }

    public void Bool(int field, bool value) => Field(field, value ? True : False);

    public void I8(int field, int value)
    {
        Field(field, Int8);
        Byte((byte)value);
    }

    public void I16(int field, short value)
    {
        Field(field, Int16);
        ZigZag(value);
    }

    public void I32(int field, int value)
    {
        Field(field, Int32);
        ZigZag(value);
    }

    public void I64(int field, long value)
    {
        Field(field, Int64);
        ZigZag(value);
    }

    public void Binary(int field, ReadOnlySpan<byte> value)
    {
        Field(field, Blob);
        Put(value);
    }

    public void Text(int field, string value) => Binary(field, System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>Begins a list of structs; each follows with <see cref="Begin"/> and <see cref="End"/>.</summary>
    public void BeginStructs(int field, int count) => BeginList(field, Struct, count);

    public void Numbers(int field, ReadOnlySpan<int> values)
    {
        BeginList(field, Int32, values.Length);
        foreach (var value in values) ZigZag(value);
    }

    public void Texts(int field, ReadOnlySpan<byte> only)
    {
        BeginList(field, Blob, 1);
        Put(only);
    }

    /// <summary>Puts in what another writer has written.</summary>
    public void Put(CompactWriter other) => _to.Append(other.Bytes);

    /// <inheritdoc/>
    public void Dispose() => _to.Dispose();

    void BeginList(int field, byte type, int count)
    {
        Field(field, List);
        Byte((byte)((Math.Min(count, MostShortList + 1) << 4) | type));
        if (count > MostShortList) Length(count);
    }

    void Put(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        _to.Append(value);
    }

    void Field(int field, byte type)
    {
        var step = field - _last;
        _last = field;
        if (step is > 0 and < 16)
        {
            Byte((byte)((step << 4) | type));
            return;
        }
        Byte(type);
        ZigZag(field);
    }

    void Byte(byte value)
    {
        *_to.Reserve(1) = value;
        _to.Advance(1);
    }

    void ZigZag(long value)
    {
        var to = _to.Reserve(Varint.MostBytes);
        _to.Advance((int)(Varint.WriteSigned(to, value) - to));
    }

    void Length(int value)
    {
        var to = _to.Reserve(Varint.MostBytes);
        _to.Advance((int)(Varint.Write(to, (uint)value) - to));
    }
}
