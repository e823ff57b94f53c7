using System.Globalization;
using System.Numerics;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja.Values;

public class NumberTests
{
    [Fact]
    public void Divides_so_that_quotient_and_rest_give_the_number_back()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var (a, b) = (Whole(random), Whole(random));
            if (b == 0) continue;
            var quotient = Number.Whole(Number.FloorDivide(Value.Box(a), Value.Box(b)));
            var rest = Number.Whole(Number.Modulo(Value.Box(a), Value.Box(b)));
            Assert.Equal(a, quotient * b + rest);
            Assert.True(rest.IsZero || rest.Sign == b.Sign);
            Assert.True(BigInteger.Abs(rest) < BigInteger.Abs(b));
        }
    }

    [Fact]
    public void Adds_and_multiplies_beyond_64_bits()
    {
        var random = new Random(8);
        for (var i = 0; i < 2_000; i++)
        {
            var (a, b) = (Whole(random), Whole(random));
            Assert.Equal(a + b, Number.Whole(Number.Add(Value.Box(a), Value.Box(b))));
            Assert.Equal(a - b, Number.Whole(Number.Subtract(Value.Box(a), Value.Box(b))));
            Assert.Equal(a * b, Number.Whole(Number.Multiply(Value.Box(a), Value.Box(b))));
        }
    }

    [Fact]
    public void Divides_huge_numbers_to_the_nearest_real()
    {
        var random = new Random(9);
        for (var i = 0; i < 2_000; i++)
        {
            var b = (BigInteger)random.NextInt64(1, 1L << 52);
            var real = random.NextInt64(1, 1L << 53) * Math.ScaleB(1, random.Next(0, 60));
            Assert.Equal(real, Number.Divide(Value.Box(new BigInteger(real) * b), Value.Box(b)));
        }
    }

    [Fact]
    public void Reads_back_every_real_it_prints()
    {
        var random = new Random(10);
        for (var i = 0; i < 5_000; i++)
        {
            var real = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(real)) continue;
            var text = PythonText.Of(real);
            Assert.Equal(real, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
            Assert.Contains(text, c => c is '.' or 'e');
        }
    }

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Prints_reals_as_python_does(double real, string text) => Assert.Equal(text, PythonText.Of(real));

    [Fact]
    public void Compares_whole_and_real_numbers_exactly() => Assert.Equal(
        "True False True",
        Run.Text("{{ 9007199254740993 > 9007199254740992.0 }} {{ 9007199254740993 == 9007199254740992.0 }} {{ 2 ** 70 == 2.0 ** 70 }}"));

    [Fact]
    public void Computes_with_decimals_of_queries() => Assert.Equal(
        "12.50 25.00 12.75 6.25 True 13.5",
        Run.Text("{{ d }} {{ d * 2 }} {{ d + 0.25 }} {{ d / 2 }} {{ d == 12.5 }} {{ d + 1.0 }}", ("d", 12.50m)));

    static BigInteger Whole(Random random) => random.Next(4) switch
    {
        0 => random.Next(-10, 10),
        1 => random.NextInt64(long.MinValue, long.MaxValue),
        2 => random.Next(2) == 0 ? long.MaxValue : long.MinValue,
        _ => (BigInteger)random.NextInt64(long.MinValue, long.MaxValue) * random.NextInt64(1, long.MaxValue),
    };
}
