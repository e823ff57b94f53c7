using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Quern.Delivery.Postgres.Binary;

namespace Quern.Delivery.Postgres.Shapes;

/// <summary>Reads well-known text and writes extended well-known binary, without anything between.</summary>
/// <remarks>Words in any case, blanks anywhere, <c>SRID=n;</c> in front, Z, M and ZM or just more numbers, EMPTY, exponents, members of a
/// MULTIPOINT with and without parentheses. A number of at most 15 digits is exact by one division or multiplication (Clinger 1990);
/// others are parsed by the runtime.</remarks>
unsafe ref struct WktReader
{
    const int MostDepth = 32;

    /// <summary>So many digits and a point are at most a whole number of 18 digits.</summary>
    const int MostDigits = 18;

    static readonly string[] Types =
        ["", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

    static readonly double[] Powers =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n,()"u8);

    readonly byte* _first;
    readonly byte* _end;
    readonly CopyBuffer _to;
    readonly ShapeColumn _column;
    byte* _at;
    bool _hasZ;
    bool _hasM;
    bool _keepsZ;
    bool _keepsM;
    bool _isFar;

    WktReader(byte* text, int length, CopyBuffer to, ShapeColumn column)
    {
        _first = _at = text;
        _end = text + length;
        _to = to;
        _column = column;
    }

    /// <summary>Writes one shape.</summary>
    /// <returns>True when a point of it is outside of longitude and latitude, and the column says that it has these.</returns>
    /// <exception cref="UnfitException">QN8284: it is none, or none for the column.</exception>
    public static bool Write(ReadOnlySpan<byte> text, CopyBuffer to, ShapeColumn column)
    {
        fixed (byte* first = text)
        {
            var reader = new WktReader(first, text.Length, to, column);
            reader.Whole();
            return reader._isFar;
        }
    }

    void Whole()
    {
        var srid = Srid();
        var type = Type();
        Dimensions();
        (_keepsZ, _keepsM) = _column.Kept(_hasZ, _hasM);
        if (_column.Promotes(type))
        {
            ShapeWriter.Header(_to, type + 3, _keepsZ, _keepsM, srid);
            if (IsEmpty())
            {
                ShapeWriter.Word(_to, 0);
            }
            else
            {
                ShapeWriter.Word(_to, 1);
                ShapeWriter.Header(_to, type, _keepsZ, _keepsM, 0);
                Body(type, 0);
            }
        }
        else
        {
            ShapeWriter.Header(_to, type, _keepsZ, _keepsM, srid);
            Body(type, 0);
        }
        Blanks();
        if (_at < _end) throw Wrong();
    }

    int Srid()
    {
        Blanks();
        if (!Word("SRID=")) return _column.Srid;
        if (!Utf8Parser.TryParse(Rest, out int srid, out var used)) throw Wrong();
        _at += used;
        if (!Take((byte)';')) throw Wrong();
        if (srid != 0 && _column.Srid != 0 && srid != _column.Srid)
        {
            throw new UnfitException("QN8284", FormattableString.Invariant($"a shape is in system of coordinates {srid}"))
            {
                Wanted = FormattableString.Invariant($"{_column.Srid}, as the column is"),
            };
        }
        return srid == 0 ? _column.Srid : srid;
    }

    int Type()
    {
        Blanks();
        if (_at == _end) throw Wrong();
        // The longer words begin like shorter ones, but never the other way round.
        var letter = (char)(*_at & ~0x20);
        for (var type = Types.Length - 1; type > 0; type--)
            if (Types[type][0] == letter && Word(Types[type])) return type;
        throw Wrong();
    }

    /// <summary>What the words say; without a word, how many numbers the first point has.</summary>
    void Dimensions()
    {
        Blanks();
        if (Word("ZM")) (_hasZ, _hasM) = (true, true);
        else if (Word("Z")) _hasZ = true;
        else if (Word("M")) _hasM = true;
        if (_hasZ || _hasM) return;
        var at = _at;
        while (at < _end && (uint)(*at - '0') > 9) at++;
        var numbers = 0;
        while (at < _end && *at is not ((byte)',' or (byte)')' or (byte)'('))
        {
            numbers++;
            while (at < _end && !IsBlank(*at) && *at is not ((byte)',' or (byte)')' or (byte)'(')) at++;
            while (at < _end && IsBlank(*at)) at++;
        }
        (_hasZ, _hasM) = (numbers > 2, numbers > 3);
    }

    void Body(int type, int depth)
    {
        if (depth > MostDepth) throw Wrong();
        switch (type)
        {
            case 1: Point(); break;
            case 2: Points(); break;
            case 3: Rings(); break;
            default: Members(type, depth); break;
        }
    }

    void Point()
    {
        if (IsEmpty())
        {
            Nowhere();
            return;
        }
        Open();
        Coordinates();
        Close();
    }

    void Points()
    {
        var (at, count) = (ShapeWriter.Count(_to), 0);
        if (IsEmpty()) return;
        Open();
        do
        {
            Coordinates();
            count++;
        }
        while (Take((byte)','));
        Close();
        ShapeWriter.Count(_to, at, count);
    }

    void Rings()
    {
        var (at, count) = (ShapeWriter.Count(_to), 0);
        if (IsEmpty()) return;
        Open();
        do
        {
            Points();
            count++;
        }
        while (Take((byte)','));
        Close();
        ShapeWriter.Count(_to, at, count);
    }

    void Members(int type, int depth)
    {
        var (at, count) = (ShapeWriter.Count(_to), 0);
        if (IsEmpty()) return;
        Open();
        do
        {
            var member = type == 7 ? Type() : type - 3;
            if (type == 7) SkipDimensions();
            ShapeWriter.Header(_to, member, _keepsZ, _keepsM, 0);
            if (type == 4) Place();
            else Body(member, depth + 1);
            count++;
        }
        while (Take((byte)','));
        Close();
        ShapeWriter.Count(_to, at, count);
    }

    /// <summary>A point of several, with parentheses or without.</summary>
    void Place()
    {
        if (IsEmpty()) Nowhere();
        else if (_at < _end && *_at == '(') Point();
        else Coordinates();
    }

    void Nowhere()
    {
        for (var i = 0; i < 2 + (_keepsZ ? 1 : 0) + (_keepsM ? 1 : 0); i++) ShapeWriter.Number(_to, double.NaN);
    }

    void SkipDimensions()
    {
        Blanks();
        var (z, m) = Word("ZM") ? (true, true) : Word("Z") ? (true, false) : Word("M") ? (false, true) : (_hasZ, _hasM);
        if ((z, m) != (_hasZ, _hasM)) throw Wrong();
    }

    void Coordinates()
    {
        var (x, y) = (Number(), Number());
        ShapeWriter.Number(_to, x);
        ShapeWriter.Number(_to, y);
        _isFar |= _column.IsFar(x, y);
        if (_hasZ)
        {
            var z = Number();
            if (_keepsZ) ShapeWriter.Number(_to, z);
        }
        if (!_hasM) return;
        var m = Number();
        if (_keepsM) ShapeWriter.Number(_to, m);
    }

    double Number()
    {
        Blanks();
        var start = _at;
        var at = start;
        var end = _end;
        var isNegative = at < end && *at == '-';
        if (at < end && *at is (byte)'-' or (byte)'+') at++;
        var most = end - at > MostDigits ? at + MostDigits : end;
        var first = at;
        var (mantissa, scale) = (0L, 0);
        for (; at < most && (uint)(*at - '0') <= 9; at++) mantissa = (mantissa * 10) + *at - '0';
        var digits = (int)(at - first);
        if (digits > 0 && at < most && *at == '.')
        {
            var point = ++at;
            for (; at < most && (uint)(*at - '0') <= 9; at++) mantissa = (mantissa * 10) + *at - '0';
            scale = (int)(at - point);
        }
        if (digits > 0 && mantissa < 1L << 53 && (at == end || IsBlank(*at) || *at is (byte)',' or (byte)')'))
        {
            _at = at;
            var value = mantissa / Powers[scale];
            return isNegative ? -value : value;
        }
        return Parsed(start);
    }

    double Parsed(byte* start)
    {
        _at = start;
        var rest = Rest;
        var number = rest.IndexOfAny(Ends) is >= 0 and var length ? rest[..length] : rest;
        _at += number.Length;
        if (number is [(byte)'+', .. var unsigned]) number = unsigned;
        if (Utf8Parser.TryParse(number, out double parsed, out var used) && used == number.Length && double.IsFinite(parsed)) return parsed;
        if (Ascii.EqualsIgnoreCase(number, "nan"u8)) return double.NaN;
        throw Wrong();
    }

    bool IsEmpty()
    {
        Blanks();
        return _at < _end && (*_at | 0x20) == 'e' && Word("EMPTY");
    }

    /// <summary>Takes a word in any case.</summary>
    bool Word(string word)
    {
        if (_end - _at < word.Length) return false;
        for (var i = 0; i < word.Length; i++)
        {
            var letter = _at[i];
            if (letter is >= (byte)'a' and <= (byte)'z') letter -= 32;
            if (letter != word[i]) return false;
        }
        _at += word.Length;
        return true;
    }

    void Open()
    {
        if (!Take((byte)'(')) throw Wrong();
    }

    void Close()
    {
        if (!Take((byte)')')) throw Wrong();
    }

    bool Take(byte sign)
    {
        Blanks();
        if (_at == _end || *_at != sign) return false;
        _at++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Blanks()
    {
        while (_at < _end && IsBlank(*_at)) _at++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsBlank(byte sign) => sign is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    readonly ReadOnlySpan<byte> Rest => new(_at, (int)(_end - _at));

    readonly UnfitException Wrong() =>
        new("QN8284", FormattableString.Invariant($"not a shape in well-known text, from character {_at - _first + 1} on"))
        {
            Wanted = "POINT(1 2), POLYGON((...)), MULTIPOLYGON(((...))) and their like",
        };
}
