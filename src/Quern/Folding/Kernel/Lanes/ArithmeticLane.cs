using System.Globalization;
using Quern.Folding.Expressions;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>Two numbers computed, in 64 bits or as doubles; NULL when one is NULL, and by 0.</summary>
sealed unsafe class ArithmeticLane(ScalarFunction function, LaneTerm left, LaneTerm right, Lane lane) : LaneTerm(lane)
{
    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
        var (one, other) = (left.Evaluate(rows, chunk), right.Evaluate(rows, chunk));
        Lane.CopyNulls(one);
        Lane.AddNulls(other);
        for (var row = 0; row < rows; row++)
        {
            if (Lane.HasNulls && Lane.IsNull(row)) continue;
            if (Lane.Kind == LaneKind.Double) Real(row, Number(one, row), Number(other, row));
            else Whole(row, one.Values[row], other.Values[row]);
        }
    }

    static double Number(Lane lane, int row) => lane.Kind == LaneKind.Double ? lane.Doubles[row] : lane.Values[row];

    void Real(int row, double a, double b)
    {
        if (b == 0 && (function is ScalarFunction.Divide or ScalarFunction.Remainder)) Lane.SetNull(row);
        Lane.Doubles[row] = function switch
        {
            ScalarFunction.Add => a + b,
            ScalarFunction.Subtract => a - b,
            ScalarFunction.Multiply => a * b,
            ScalarFunction.Divide => a / b,
            _ => a % b,
        };
    }

    void Whole(int row, long a, long b)
    {
        if (b == 0 && (function is ScalarFunction.DivideWhole or ScalarFunction.Remainder))
        {
            Lane.SetNull(row);
            return;
        }
        var exact = function switch
        {
            ScalarFunction.Add => (Int128)a + b,
            ScalarFunction.Subtract => (Int128)a - b,
            ScalarFunction.Multiply => (Int128)a * b,
            ScalarFunction.DivideWhole => (Int128)a / b,
            _ => (Int128)a % b,
        };
        if (exact < long.MinValue || exact > long.MaxValue) throw TooLarge(a, b);
        Lane.Values[row] = (long)exact;
    }

    QuernException TooLarge(long a, long b) => new(new Fault("QN7547", "a computed number is too large")
    {
        Value = string.Create(CultureInfo.InvariantCulture, $"{function.ToString().ToLowerInvariant()} of {a} and {b}"),
        Wanted = "a whole number of 64 bits",
        Try = ["compute with a DOUBLE: multiply by 1.0 first"],
    });
}
