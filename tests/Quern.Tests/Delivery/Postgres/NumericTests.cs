using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Quern.Delivery.Postgres.Binary;

namespace Quern.Tests.Delivery.Postgres;

/// <summary>The server's form of a number, read back by arithmetic on whole numbers of any length.</summary>
public sealed class NumericTests
{
    [Fact]
    public void Every_number_of_128_bits_and_every_scale_is_exact()
    {
        var random = new Random(3);
        var to = new CopyBuffer(256);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) >> random.Next(128);
            var (scale, isNegative) = (random.Next(39), random.Next(2) == 0);
            to.Cut(0);
            Numeric.Write(to, digits, isNegative, scale);
            var (value, shown) = Read(to.Bytes);
            var wanted = (isNegative ? -(BigInteger)digits : digits) * BigInteger.Pow(10, 400 - scale);
            Assert.True(wanted == value, string.Create(CultureInfo.InvariantCulture, $"{digits} scale {scale}"));
            Assert.Equal(scale, shown);
            if (digits > ulong.MaxValue) continue;
            var wide = to.Bytes.ToArray();
            to.Cut(0);
            Numeric.Write(to, (ulong)digits, isNegative, scale);
            Assert.Equal(wide, to.Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.000")]
    [InlineData("10000")]
    [InlineData("0.00001")]
    [InlineData("1E-7")]
    [InlineData("-1.7976931348623157E+308")]
    [InlineData("5E-324")]
    [InlineData("123456789012345678901234567890.1")]
    public void Digits_with_a_point_and_an_exponent_are_exact(string text)
    {
        var to = new CopyBuffer(256);
        Numeric.WriteText(to, System.Text.Encoding.ASCII.GetBytes(text));
        var (value, _) = Read(to.Bytes);
        var mantissa = text.Split('E')[0];
        var exponent = text.Contains('E', StringComparison.Ordinal) ? int.Parse(text.Split('E')[1], CultureInfo.InvariantCulture) : 0;
        var fraction = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Split('.')[1].Length : 0;
        var whole = BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        Assert.Equal(whole * BigInteger.Pow(10, 400 - fraction + exponent), value);
    }

    /// <summary>The value times 10^400, and the digits to show.</summary>
    static (BigInteger Value, int Scale) Read(ReadOnlySpan<byte> field)
    {
        Assert.Equal(field.Length - 4, BinaryPrimitives.ReadInt32BigEndian(field));
        var groups = BinaryPrimitives.ReadInt16BigEndian(field[4..]);
        var weight = BinaryPrimitives.ReadInt16BigEndian(field[6..]);
        var value = BigInteger.Zero;
        for (var i = 0; i < groups; i++)
        {
            var group = BinaryPrimitives.ReadInt16BigEndian(field[(12 + (2 * i))..]);
            Assert.InRange(group, 0, 9999);
            value += group * BigInteger.Pow(10, 400 + (4 * (weight - i)));
        }
        return (BinaryPrimitives.ReadUInt16BigEndian(field[8..]) == 0x4000 ? -value : value, BinaryPrimitives.ReadInt16BigEndian(field[10..]));
    }
}
