using System.Text;

namespace Quern.Bench.Months;

/// <summary>A label string that changes at most once in the month.</summary>
/// <param name="first">Before the change.</param>
/// <param name="second">From the change on.</param>
/// <param name="changeHour">Hour of the month; <see cref="int.MaxValue"/> when it never changes.</param>
sealed class LabelHistory(string first, string second, int changeHour)
{
    readonly byte[] _first = Encoding.UTF8.GetBytes(first);
    readonly byte[] _second = Encoding.UTF8.GetBytes(second);

    /// <summary>The label string of an hour.</summary>
    public ReadOnlySpan<byte> At(int hour) => hour < changeHour ? _first : _second;
}
