using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Answering;

/// <summary>Bytes of a result as text.</summary>
sealed class CellBuffer
{
    const int Room = 64;
    const long MicrosPerMinute = 60_000_000;

    byte[] _bytes = new byte[4096];

    /// <summary>How many.</summary>
    public int Length { get; set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The same, to be handed on.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>Appends a byte.</summary>
    public void Add(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Appends a text as UTF-8.</summary>
    public void Add(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_bytes.Length - Length < most) Grow(most);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <summary>Appends a whole number.</summary>
    public void Add(long number)
    {
        number.TryFormat(Free(), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Appends a whole number.</summary>
    public void Add(Int128 number)
    {
        number.TryFormat(Free(), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Appends the shortest text that reads back as the same number.</summary>
    public void Add(double number)
    {
        number.TryFormat(Free(), out var written, "R", CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Appends the shortest text that reads back as the same number.</summary>
    public void Add(float number)
    {
        number.TryFormat(Free(), out var written, "R", CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Appends a number of a type: whole, unscaled, days, minutes of a bucket, or units since 1970.</summary>
    public void Add(LogicalType type, TimeBucket? bucket, long number)
    {
        switch (type.Kind)
        {
            case TypeKind.Boolean:
                Add(number != 0 ? "true"u8 : "false"u8);
                break;
            case TypeKind.Date:
                Length += TimeText.WriteDate(Free(), (int)number);
                break;
            case TypeKind.Timestamp or TypeKind.TimestampTz when bucket is null:
                Length += TimeText.WriteTimestamp(Free(), number);
                break;
            case TypeKind.Timestamp:
                // Minutes and hours are told without seconds: 2024-02-29 07:31.
                Span<byte> text = stackalloc byte[Room];
                var length = TimeText.WriteTimestamp(text, number * MicrosPerMinute);
                Add(text[..(length - (":00"u8.Length))]);
                break;
            case TypeKind.TimestampSeconds:
                Length += TimeText.WriteTimestamp(Free(), number, 1);
                break;
            case TypeKind.TimestampMillis:
                Length += TimeText.WriteTimestamp(Free(), number, 1000);
                break;
            case TypeKind.Decimal:
                Length += NumberText.Write(Free(), number, type.Precision, type.Scale);
                break;
            default:
                Add(number);
                break;
        }
    }

    Span<byte> Free()
    {
        if (_bytes.Length - Length < Room) Grow(Room);
        return _bytes.AsSpan(Length);
    }

    void Grow(int more) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
}
