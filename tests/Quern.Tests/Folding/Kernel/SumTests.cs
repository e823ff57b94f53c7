using Quern.Folding.Kernel.Sums;

namespace Quern.Tests.Folding.Kernel;

public sealed class SumTests
{
    static double Any(Random random) => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));

    static double Near(Random random) => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-7, 13));

    [Fact]
    public void A_sum_of_any_doubles_is_rounded_once()
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 12)).Select(_ => round % 3 == 0 ? Near(random) : Any(random)).ToList();
            var sum = new ExactSum();
            foreach (var value in values) sum.Add(value);
            Assert.Equal(BitConverter.DoubleToInt64Bits(ExactNumber.Sum(values)), BitConverter.DoubleToInt64Bits(sum.ToDouble()));
        }
    }

    [Theory]
    [InlineData(double.MaxValue, double.MaxValue, double.PositiveInfinity)]
    [InlineData(double.MaxValue, -double.MaxValue, 0.0)]
    [InlineData(double.Epsilon, double.Epsilon, 2 * double.Epsilon)]
    [InlineData(double.Epsilon, -1.0, -1.0)]
    [InlineData(1e308, 1e-320, 1e308)]
    [InlineData(double.NaN, 1.0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, double.NaN)]
    [InlineData(-0.0, -0.0, 0.0)]
    public void Two_doubles_make_the_nearest_one(double first, double second, double wanted)
    {
        var sum = new ExactSum();
        sum.Add(first);
        sum.Add(second);
        Assert.Equal(wanted, sum.ToDouble());
    }

    [Fact]
    public void Sums_of_parts_are_merged_without_a_difference()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? Near(random) : Any(random)).Where(double.IsFinite).ToList();
        var merged = new ExactSum();
        foreach (var part in values.Chunk(7))
        {
            var sum = new ExactSum();
            foreach (var value in part) sum.Add(value);
            merged.Add(sum);
        }
        Assert.Equal(ExactNumber.Sum(values), merged.ToDouble());
    }

    [Fact]
    public void Units_are_exact_for_each_value_that_they_take()
    {
        var random = new Random(3);
        var taken = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var value = round % 2 == 0 ? Near(random) : Any(random);
            var isTaken = Quantum.TryUnits(BitConverter.DoubleToInt64Bits(value), out var low, out var high);
            Assert.Equal(value == 0 || (Math.Abs(value) >= Math.ScaleB(1, -27) && Math.Abs(value) < Math.ScaleB(1, 46)), isTaken);
            if (!isTaken) continue;
            taken++;
            Assert.Equal(value, Quantum.ToDouble(low, high));
        }
        Assert.InRange(taken, 5_000, 15_000);
    }

    [Fact]
    public void Units_round_to_the_nearest_double_and_halves_to_the_even_one()
    {
        var random = new Random(4);
        for (var round = 0; round < 3_000; round++)
        {
            var units = (Int128)random.NextInt64(long.MinValue, long.MaxValue) << random.Next(0, 63);
            units += random.Next(-2, 3);
            var sum = new ExactSum();
            sum.Add((ulong)units, (long)(units >> 64));
            Assert.Equal(sum.ToDouble(), Quantum.ToDouble((ulong)units, (long)(units >> 64)));
        }
    }

    [Fact]
    public void The_order_is_that_of_the_engine()
    {
        double[] values = [double.NegativeInfinity, -1e300, -2, -double.Epsilon, 0, double.Epsilon, 1, 1e300, double.PositiveInfinity, double.NaN];
        var orders = values.Select(v => Quantum.Order(BitConverter.DoubleToInt64Bits(v))).ToList();
        Assert.Equal(orders.Order(), orders);
        Assert.Equal(orders.Count, orders.Distinct().Count());
        Assert.Equal(values, orders.Select(o => BitConverter.Int64BitsToDouble(Quantum.Bits(o))));
        Assert.Equal(Quantum.Order(BitConverter.DoubleToInt64Bits(0.0)), Quantum.Order(BitConverter.DoubleToInt64Bits(-0.0)));
        Assert.Equal(orders[^1], Quantum.Order(BitConverter.DoubleToInt64Bits(-double.NaN)));
    }
}
