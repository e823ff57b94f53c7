using System.Numerics;

namespace Quern.Jinja.Values;

/// <summary>
/// When two values are equal, and the hash that goes with it: numbers by value, containers item by item.
/// </summary>
static class Equality
{
    public static bool Same(object? left, object? right)
    {
        if (ReferenceEquals(left, right)) return left is not double real || !double.IsNaN(real);
        switch (left)
        {
            case null:
                return false;
            case string text:
                if (right is not string other || text.Length != other.Length) return false;
                if (text.Length > 1024) Meter.Step(text.Length >> 8);
                return text == other;
            case Undefined:
                return right is Undefined;
            case List<object?> list:
                return right is List<object?> others && SameItems(list, others);
            case TupleValue tuple:
                return right is TupleValue pair && SameItems(tuple, pair);
            case Dict dict:
                return right is Dict map && SameEntries(dict, map);
            case TemplateObject it:
                return it.Equals(right);
        }

        if (right is TemplateObject that) return that.Equals(left);
        if (Value.IsNumber(left)) return Value.IsNumber(right) && Number.Compare(left, right!) == 0;
        return Moments.AreComparable(left, right) ? Moments.Compare(left!, right!) == 0 : left.Equals(right);
    }

    /// <summary>A hash that equal values share. Throws for values that can change.</summary>
    public static int Hash(object? value) => value switch
    {
        string text => HashOf(text),
        long whole => whole.GetHashCode(),
        bool flag => (flag ? 1L : 0L).GetHashCode(),
        double real => HashOf(real),
        decimal exact => decimal.Truncate(exact) == exact && decimal.Abs(exact) < 1e18m
            ? ((long)exact).GetHashCode()
            : HashOf((double)exact),
        BigInteger big => HashOf((double)big),
        TupleValue tuple => HashOf(tuple),
        Undefined => 1,
        null => 2,
        List<object?> or Dict => throw TemplateFailure.Type(
            $"unhashable type: '{Value.TypeName(value)}'", "use a tuple or a text as the key"),
        _ => value.GetHashCode(),
    };

    static int HashOf(string text)
    {
        if (text.Length > 1024) Meter.Step(text.Length >> 6);
        return text.GetHashCode();
    }

    static int HashOf(double real) =>
        Math.Floor(real) == real && Math.Abs(real) < 9e18 ? ((long)real).GetHashCode() : real.GetHashCode();

    static int HashOf(TupleValue tuple)
    {
        Meter.Descend();
        var hash = new HashCode();
        foreach (var item in tuple) hash.Add(Hash(item));
        return hash.ToHashCode();
    }

    static bool SameItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (left.Count != right.Count) return false;
        Meter.Descend();
        for (var i = 0; i < left.Count; i++)
            if (!Same(left[i], right[i])) return false;
        return true;
    }

    static bool SameEntries(Dict left, Dict right)
    {
        if (left.Count != right.Count) return false;
        Meter.Descend();
        foreach (var (key, value) in left)
            if (!right.TryGetValue(key, out var other) || !Same(value, other)) return false;
        return true;
    }
}
