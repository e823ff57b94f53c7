using System.Buffers.Binary;
using Quern.Delivery.Postgres.Binary;

namespace Quern.Delivery.Postgres.Shapes;

/// <summary>Reads well-known binary, in either order of bytes, with ISO or extended types, and writes it as the column wants it.</summary>
ref struct WkbReader
{
    const int MostDepth = 32;
    const int LastType = 7;

    readonly ReadOnlySpan<byte> _bytes;
    readonly CopyBuffer _to;
    readonly ShapeColumn _column;
    int _at;
    bool _isFar;

    WkbReader(ReadOnlySpan<byte> bytes, CopyBuffer to, ShapeColumn column)
    {
        _bytes = bytes;
        _to = to;
        _column = column;
    }

    /// <summary>Writes one shape.</summary>
    /// <returns>As <see cref="WktReader.Write"/>.</returns>
    /// <exception cref="UnfitException">QN8284: it is none, or none for the column.</exception>
    public static bool Write(ReadOnlySpan<byte> bytes, CopyBuffer to, ShapeColumn column)
    {
        var reader = new WkbReader(bytes, to, column);
        reader.Whole();
        return reader._isFar;
    }

    void Whole()
    {
        var (isLittle, type, z, m, srid) = Header();
        if (srid != 0 && _column.Srid != 0 && srid != _column.Srid)
        {
            throw new UnfitException("QN8284", FormattableString.Invariant($"a shape is in system of coordinates {srid}"))
            {
                Wanted = FormattableString.Invariant($"{_column.Srid}, as the column is"),
            };
        }
        if (srid == 0) srid = _column.Srid;
        var kept = _column.Kept(z, m);
        if (_column.Promotes(type))
        {
            ShapeWriter.Header(_to, type + 3, kept.Z, kept.M, srid);
            ShapeWriter.Word(_to, 1);
            srid = 0;
        }
        ShapeWriter.Header(_to, type, kept.Z, kept.M, srid);
        Body(isLittle, type, (z, m), kept, 0);
        if (_at != _bytes.Length) throw Wrong();
    }

    (bool IsLittle, int Type, bool Z, bool M, int Srid) Header()
    {
        if (_at >= _bytes.Length || _bytes[_at] > 1) throw Wrong();
        var isLittle = _bytes[_at++] == 1;
        var code = Word(isLittle);
        var (z, m) = ((code & ShapeWriter.FlagZ) != 0, (code & ShapeWriter.FlagM) != 0);
        var srid = (code & ShapeWriter.FlagSrid) != 0 ? (int)Word(isLittle) : 0;
        var type = (int)(code & 0x0FFF_FFFF);
        // ISO has 1000 for heights, 2000 for measures, 3000 for both.
        if (type >= 4000) throw Wrong();
        (z, m) = (z || type / 1000 is 1 or 3, m || type / 1000 is 2 or 3);
        type %= 1000;
        return type is >= 1 and <= LastType ? (isLittle, type, z, m, srid) : throw Wrong();
    }

    void Body(bool isLittle, int type, (bool Z, bool M) has, (bool Z, bool M) kept, int depth)
    {
        if (depth > MostDepth) throw Wrong();
        switch (type)
        {
            case 1: Points(isLittle, 1, has, kept); break;
            case 2: Points(isLittle, Counted(isLittle), has, kept); break;
            case 3:
                for (var rings = Counted(isLittle); rings > 0; rings--) Points(isLittle, Counted(isLittle), has, kept);
                break;
            default:
                for (var members = Counted(isLittle); members > 0; members--)
                {
                    var member = Header();
                    if ((member.Z, member.M) != has) throw Wrong();
                    ShapeWriter.Header(_to, member.Type, kept.Z, kept.M, 0);
                    Body(member.IsLittle, member.Type, has, kept, depth + 1);
                }
                break;
        }
    }

    void Points(bool isLittle, uint count, (bool Z, bool M) has, (bool Z, bool M) kept)
    {
        var numbers = 2 + (has.Z ? 1 : 0) + (has.M ? 1 : 0);
        if ((_bytes.Length - _at) / 8 / numbers < count) throw Wrong();
        if (isLittle && has == kept)
        {
            var length = (int)count * numbers * 8;
            var points = _bytes.Slice(_at, length);
            _to.Write(points);
            for (var at = 0; _column.IsGeographic && at < length; at += numbers * 8)
            {
                var x = BinaryPrimitives.ReadDoubleLittleEndian(points[at..]);
                _isFar |= _column.IsFar(x, BinaryPrimitives.ReadDoubleLittleEndian(points[(at + 8)..]));
            }
            _at += length;
            return;
        }
        for (var i = 0; i < count; i++)
        {
            _isFar |= _column.IsFar(Number(isLittle, true), Number(isLittle, true));
            if (has.Z) Number(isLittle, kept.Z);
            if (has.M) Number(isLittle, kept.M);
        }
    }

    double Number(bool isLittle, bool keeps)
    {
        var bytes = _bytes.Slice(_at, 8);
        _at += 8;
        var number = isLittle ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
        if (keeps) ShapeWriter.Number(_to, number);
        return number;
    }

    uint Counted(bool isLittle)
    {
        var count = Word(isLittle);
        ShapeWriter.Word(_to, count);
        return count;
    }

    uint Word(bool isLittle)
    {
        if (_bytes.Length - _at < 4) throw Wrong();
        var bytes = _bytes.Slice(_at, 4);
        _at += 4;
        return isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    readonly UnfitException Wrong() => new("QN8284", FormattableString.Invariant($"not a shape in well-known binary, from byte {_at} on"));
}
