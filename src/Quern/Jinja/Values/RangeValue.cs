using System.Collections;

namespace Quern.Jinja.Values;

/// <summary>The numbers of <c>range(start, stop, step)</c>, counted when asked for.</summary>
sealed class RangeValue : TemplateObject, IReadOnlyList<object?>
{
    readonly long _start;
    readonly long _stop;
    readonly long _step;

    RangeValue(long start, long stop, long step, int count) =>
        (_start, _stop, _step, Count) = (start, stop, step, count);

    public override string TypeName => "range";

    public override int? Length => Count;

    public override IEnumerable<object?> Items => this;

    public int Count { get; }

    public object? this[int index] => Value.Box(_start + index * _step);

    public static RangeValue Of(long start, long stop, long step, long limit)
    {
        if (step == 0) throw TemplateFailure.Value("range() step must not be zero");
        var span = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var stride = step > 0 ? step : -(Int128)step;
        var count = span <= 0 ? 0 : (span + stride - 1) / stride;
        if (count > limit)
        {
            throw TemplateFailure.Budget(
                FormattableString.Invariant($"a range of {(decimal)count:N0} items is larger than the {limit:N0} a template may use"),
                "generate the rows in SQL, as in: select * from range(...)");
        }

        return new RangeValue(start, stop, step, (int)count);
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        var index = key is long whole ? whole < 0 ? whole + Count : whole : -1;
        value = index >= 0 && index < Count ? this[(int)index] : null;
        return value is not null;
    }

    public override bool Equals(object? other) =>
        other is RangeValue range && Count == range.Count
        && (Count == 0 || (_start == range._start && (Count == 1 || _step == range._step)));

    public override int GetHashCode() => HashCode.Combine(Count, Count == 0 ? 0 : _start);

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() =>
        _step == 1 ? $"range({_start}, {_stop})" : $"range({_start}, {_stop}, {_step})";
}
