using Quern.Chunks;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>boolean.</summary>
sealed unsafe class BooleanEncoder : FieldEncoder
{
    public override FieldForm Form(LogicalType from) => FieldForm.Truth;

    protected override void Write(CopyBuffer to, VectorMemory from, int row) => to.Field8(from.Data[row] != 0 ? (byte)1 : (byte)0);
}

/// <summary>smallint, from whole numbers of any width.</summary>
sealed class Int2Encoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var value = WholeNumber.Read(new Vector(from), row);
        if (value < short.MinValue || value > short.MaxValue) throw OutOfRange("smallint");
        to.Field16((short)value);
    }
}

/// <summary>integer, from whole numbers of any width.</summary>
sealed unsafe class Int4Encoder : FieldEncoder
{
    public override FieldForm Form(LogicalType from) => from.Kind == TypeKind.Integer ? FieldForm.Word : FieldForm.Encoded;

    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        if (from.Type.Kind == TypeKind.Integer)
        {
            to.Field32(((int*)from.Data)[row]);
            return;
        }
        var value = WholeNumber.Read(new Vector(from), row);
        if (value < int.MinValue || value > int.MaxValue) throw OutOfRange("integer");
        to.Field32((int)value);
    }
}

/// <summary>bigint, from whole numbers of any width.</summary>
sealed unsafe class Int8Encoder : FieldEncoder
{
    public override FieldForm Form(LogicalType from) => from.Kind == TypeKind.BigInt ? FieldForm.Long : FieldForm.Encoded;

    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        if (from.Type.Kind == TypeKind.BigInt)
        {
            to.Field64(((long*)from.Data)[row]);
            return;
        }
        var kind = from.Type.Kind;
        var value = kind == TypeKind.UHugeInt ? Narrow(((UInt128*)from.Data)[row]) : WholeNumber.Read(new Vector(from), row);
        if (value < long.MinValue || value > long.MaxValue) throw OutOfRange("bigint");
        to.Field64((long)value);
    }

    static Int128 Narrow(UInt128 value) => value > long.MaxValue ? throw OutOfRange("bigint") : (Int128)value;
}

/// <summary>real.</summary>
sealed unsafe class FloatEncoder : FieldEncoder
{
    public override FieldForm Form(LogicalType from) => FieldForm.Word;

    protected override void Write(CopyBuffer to, VectorMemory from, int row) => to.Field32(((int*)from.Data)[row]);
}

/// <summary>double precision, also from single precision.</summary>
sealed unsafe class DoubleEncoder : FieldEncoder
{
    public override FieldForm Form(LogicalType from) => from.Kind == TypeKind.Double ? FieldForm.Long : FieldForm.Encoded;

    protected override void Write(CopyBuffer to, VectorMemory from, int row) => to.Field64(from.Type.Kind == TypeKind.Float
        ? BitConverter.DoubleToInt64Bits(((float*)from.Data)[row])
        : ((long*)from.Data)[row]);
}

/// <summary>numeric, from decimals and whole numbers of any width.</summary>
sealed unsafe class NumericEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var type = from.Type;
        if (type.Kind == TypeKind.UHugeInt)
        {
            Numeric.Write(to, ((UInt128*)from.Data)[row], false, 0);
            return;
        }
        if (type.Kind == TypeKind.UBigInt)
        {
            Numeric.Write(to, ((ulong*)from.Data)[row], false, 0);
            return;
        }
        if (type.Kind == TypeKind.Decimal && type.Width == 4 || type.Kind == TypeKind.Integer)
        {
            var value = ((int*)from.Data)[row];
            Numeric.Write(to, (ulong)Math.Abs((long)value), value < 0, type.Scale);
            return;
        }
        if (type.Width == 8)
        {
            var value = ((long*)from.Data)[row];
            Numeric.Write(to, value < 0 ? (ulong)-value : (ulong)value, value < 0, type.Scale);
            return;
        }
        var whole = WholeNumber.Read(new Vector(from), row);
        Numeric.Write(to, whole < 0 ? (UInt128)(-whole) : (UInt128)whole, whole < 0, type.Scale);
    }
}

/// <summary>numeric, from numbers in binary floating point: the shortest digits that give the number back.</summary>
sealed unsafe class FloatingNumericEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        Span<byte> text = stackalloc byte[32];
        if (from.Type.Kind == TypeKind.Float)
        {
            ((float*)from.Data)[row].TryFormat(text, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
            Numeric.WriteText(to, text[..length]);
        }
        else
        {
            ((double*)from.Data)[row].TryFormat(text, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
            Numeric.WriteText(to, text[..length]);
        }
    }
}

/// <summary>numeric, from what the engine writes as digits: whole numbers of any length.</summary>
sealed class BigNumericEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        ValueText.Write(text, new Vector(from), row);
        Numeric.WriteText(to, text.WrittenSpan);
    }
}
