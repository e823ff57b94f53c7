using System.Globalization;
using System.Text;
using Quern.Csv.Values;

namespace Quern.Tests.Csv.Values;

public sealed unsafe class FixedPointTests
{
    /// <summary>Bytes around a cell that may be read.</summary>
    const int Margin = 64;

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("7.", 7, 0)]
    [InlineData(".5", 5, 1)]
    [InlineData("123456.789", 123456789, 3)]
    [InlineData("1234567890123456", 1234567890123456, 0)]
    [InlineData("123456789012345.", 123456789012345, 0)]
    [InlineData("1234567890123456.", 1234567890123456, 0)]
    [InlineData("12345678901234567.", 12345678901234567, 0)]
    [InlineData("1.2345678901234567", 12345678901234567, 16)]
    [InlineData("12.345678901234567", 12345678901234567, 15)]
    [InlineData("0.0000000000000000001", -1, 0)]
    [InlineData(".0000000000000000001", 1, 19)]
    [InlineData("9999999999999999999", 9999999999999999999, 0)]
    [InlineData("99999999999.99999999", 9999999999999999999, 8)]
    public void A_number_is_its_digits_and_how_many_stand_behind_the_point(string text, decimal digits, int fraction)
    {
        foreach (var read in new Read[] { FixedPoint.TryRead, FixedPoint.TryNarrow })
        {
            var wanted = digits < 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{digits} {fraction}");
            Assert.Equal(wanted, Shown(read, text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("..")]
    [InlineData("-1")]
    [InlineData("1e5")]
    [InlineData("1 ")]
    [InlineData("1/3")]
    [InlineData("1:3")]
    [InlineData("12345678901234567890")]
    [InlineData("1234567890.1234567890")]
    [InlineData("1.23456789.01234567")]
    [InlineData("1234567890123456789012345678901234567890")]
    public void Anything_else_is_no_number(string text)
    {
        Assert.Equal("none", Shown(FixedPoint.TryRead, text));
        Assert.Equal("none", Shown(FixedPoint.TryNarrow, text));
    }

    [Fact]
    public void Vectors_find_what_is_found_without_them()
    {
        const int Seed = 20251121;
        var random = new Random(Seed);
        for (var i = 0; i < 200_000; i++)
        {
            var alphabet = random.Next(4) == 0 ? "0123456789.-e/: " : "01234567890123456789.";
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Assert.True(Shown(FixedPoint.TryNarrow, text) == Shown(FixedPoint.TryRead, text), $"seed {Seed}: \"{text}\"");
        }
    }

    delegate bool Read(byte* cell, int length, out ulong digits, out int fraction);

    /// <summary>What is read of a text with digits and points all around it, which must not count.</summary>
    static string Shown(Read read, string text)
    {
        var room = new byte[text.Length + (2 * Margin)];
        for (var i = 0; i < room.Length; i++) room[i] = (byte)"5.7"[i % 3];
        Encoding.ASCII.GetBytes(text, room.AsSpan(Margin));
        fixed (byte* first = room)
        {
            return read(first + Margin, text.Length, out var digits, out var fraction)
                ? string.Create(CultureInfo.InvariantCulture, $"{digits} {fraction}")
                : "none";
        }
    }
}
