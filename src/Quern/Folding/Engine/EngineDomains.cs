using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Expressions;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Folding.Engine;

/// <summary>The values of one key as the engine gives them, and their codes.</summary>
sealed class EngineDomains
{
    const long MicrosOfMinute = 60_000_000, MicrosOfHour = 3_600_000_000;

    /// <summary>Whole numbers are counted, and not listed, up to so many codes for each value that there is.</summary>
    const int MostSparse = 64;

    readonly FoldColumn _key;
    readonly Dictionary<string, uint> _texts = new(StringComparer.Ordinal);
    readonly Dictionary<long, uint> _numbers = [];

    /// <summary>Reads the values of a key.</summary>
    /// <param name="session">Has the table of groups.</param>
    /// <param name="key">The key.</param>
    /// <param name="column">Its column there.</param>
    public EngineDomains(DuckSession session, FoldColumn key, string column)
    {
        _key = key;
        IsText = key.Type.Kind is TypeKind.Varchar or TypeKind.Uuid;
        var value = key.Type.Kind == TypeKind.Uuid ? $"{column}::VARCHAR" : column;
        using var result = session.Query($"select distinct {value} as v from {EngineFold.Table} where {column} is not null order by v");
        Domain = IsText ? Texts(result) : Numbers(result);
    }

    /// <summary>What codes stand for.</summary>
    public KeyDomain Domain { get; }

    /// <summary>Values are texts.</summary>
    public bool IsText { get; }

    /// <summary>The code of a value.</summary>
    public uint Code(Vector values, int row)
    {
        if (values.IsNull(row)) return Domain.Null;
        if (IsText) return _texts[values.Texts[row].ToString()];
        var number = Number(values, row);
        return Domain is LinearDomain linear ? (uint)(number - linear.First) : _numbers[number];
    }

    TextDomain Texts(DuckResult result)
    {
        var (ends, bytes) = (new List<long>(), new MemoryStream());
        while (result.Next() is { } chunk)
        {
            foreach (var text in chunk[0].Texts[..chunk.Rows])
            {
                _texts[text.ToString()] = (uint)ends.Count;
                bytes.Write(text.Bytes);
                ends.Add(bytes.Length);
            }
        }
        return new TextDomain(_key.Type, ends.ToArray(), bytes.ToArray(), true);
    }

    KeyDomain Numbers(DuckResult result)
    {
        var values = new List<long>();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++) values.Add(Number(chunk[0], row));
        }
        var isDouble = _key.Type.Kind is TypeKind.Double or TypeKind.Float;
        if (values.Count == 0) return new LinearDomain(_key.Type, 0, 0, _key.Bucket);
        var range = (Int128)values[^1] - values[0];
        if (!isDouble && range <= uint.MaxValue - 2 && (_key.Bucket is not null || range < (Int128)MostSparse * values.Count))
            return new LinearDomain(_key.Type, values[0], (uint)range + 1, _key.Bucket);
        for (var i = 0; i < values.Count; i++) _numbers[values[i]] = (uint)i;
        return new NumberDomain(_key.Type, values.ToArray());
    }

    long Number(Vector values, int row)
    {
        switch (values.Type.Kind)
        {
            case TypeKind.Boolean: return values.Values<byte>()[row];
            case TypeKind.Double: return values.Values<long>()[row];
            case TypeKind.Float: return BitConverter.DoubleToInt64Bits(values.Values<float>()[row]);
            case TypeKind.Date when _key.Bucket is { } bucket: return Buckets.Coarsen(TimeBucket.Day, bucket, values.Values<int>()[row]);
            case TypeKind.Timestamp when _key.Bucket is { } bucket:
                return Buckets.FloorDivide(values.Values<long>()[row], bucket == TimeBucket.Minute ? MicrosOfMinute : MicrosOfHour);
        }
        var number = WholeNumber.Read(values, row);
        if (number < long.MinValue || number > long.MaxValue)
        {
            throw new QuernException(new Fault("QN7541", "a key is too large")
            {
                Where = $"column {_key.Name}",
                Value = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Wanted = "a number of 64 bits",
                Try = ["derive a text of it"],
            });
        }
        return (long)number;
    }
}
