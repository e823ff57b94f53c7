namespace Quern.Jinja.Values;

/// <summary>Which of two values comes first: numbers by value, texts by character, sequences item by item.</summary>
static class Ordering
{
    /// <summary>
    /// Negative, zero or positive; null when not ordered (NaN). Throws for values without an order,
    /// naming <paramref name="symbol"/>.
    /// </summary>
    public static int? Compare(object? left, object? right, string symbol = "<")
    {
        switch (left, right)
        {
            case (long a, long b):
                return a.CompareTo(b);
            case (string a, string b):
                return CompareTexts(a, b);
            case (Undefined undefined, _):
                throw undefined.Failure();
            case (_, Undefined undefined):
                throw undefined.Failure();
            case (List<object?> a, List<object?> b):
                return CompareItems(a, b, symbol);
            case (TupleValue a, TupleValue b):
                return CompareItems(a, b, symbol);
            case (TemplateObject a, _):
                if (a.CompareWith(right) is { } order) return order;
                break;
            case (_, TemplateObject b):
                if (b.CompareWith(left) is { } reversed) return -reversed;
                break;
        }

        if (Value.IsNumber(left) && Value.IsNumber(right)) return Number.Compare(left!, right!);
        if (Moments.AreComparable(left, right)) return Moments.Compare(left!, right!);
        throw TemplateFailure.Type(
            $"'{symbol}' not supported between instances of '{Value.TypeName(left)}' and '{Value.TypeName(right)}'",
            "convert one side, as in: value | int");
    }

    /// <summary>
    /// Sorts in place and stably. Equal keys keep their order, also in reverse; with <paramref name="equalFirst"/> keys
    /// that are equal need no order, so that several none can be sorted.
    /// </summary>
    public static void Sort(List<object?> items, Func<object?, object?> key, bool reverse, bool equalFirst = false)
    {
        Meter.ChargeItems(3L * items.Count);
        var keyed = new (object? Key, object? Item)[items.Count];
        for (var i = 0; i < keyed.Length; i++) keyed[i] = (key(items[i]), items[i]);
        if (reverse) Array.Reverse(keyed);
        MergeSort(keyed, new (object?, object?)[keyed.Length], 0, keyed.Length, equalFirst);
        if (reverse) Array.Reverse(keyed);
        for (var i = 0; i < keyed.Length; i++) items[i] = keyed[i].Item;
    }

    // Own merge sort: the library's sorts are not stable, or wrap what a comparison throws.
    static void MergeSort(
        (object? Key, object? Item)[] items, (object? Key, object? Item)[] spare, int from, int to, bool equalFirst)
    {
        if (to - from < 2) return;
        var middle = (from + to) / 2;
        MergeSort(items, spare, from, middle, equalFirst);
        MergeSort(items, spare, middle, to, equalFirst);
        Array.Copy(items, from, spare, from, to - from);
        var (left, right) = (from, middle);
        for (var i = from; i < to; i++)
        {
            Meter.Step();
            var takeRight = left >= middle || (right < to && Precedes(spare[right].Key, spare[left].Key, equalFirst));
            items[i] = takeRight ? spare[right++] : spare[left++];
        }
    }

    static bool Precedes(object? left, object? right, bool equalFirst)
    {
        var mayBeUnordered = left is null or Undefined or Dict or TemplateObject;
        return !(equalFirst && mayBeUnordered && Equality.Same(left, right)) && Compare(left, right) < 0;
    }

    static int CompareTexts(string left, string right)
    {
        if (left.Length > 1024) Meter.Step(left.Length >> 8);
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length.CompareTo(right.Length);
        var (a, b) = (left[common], right[common]);
        // Surrogates stand for characters beyond every other UTF-16 unit.
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }

    static int? CompareItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string symbol)
    {
        Meter.Descend();
        for (var i = 0; i < left.Count && i < right.Count; i++)
            if (!Equality.Same(left[i], right[i])) return Compare(left[i], right[i], symbol);
        return left.Count.CompareTo(right.Count);
    }
}
