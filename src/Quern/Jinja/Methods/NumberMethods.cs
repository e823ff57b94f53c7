using System.Numerics;
using Quern.Jinja.Values;

namespace Quern.Jinja.Methods;

/// <summary>Methods of numbers.</summary>
static class NumberMethods
{
    public static Method? Find(object target, string name) => name switch
    {
        "is_integer" when target is double => IsInteger,
        "bit_length" when target is long or BigInteger or bool => BitLength,
        _ => null,
    };

    static object IsInteger(object target, Arguments arguments)
    {
        arguments.Bind("is_integer", 0);
        return Value.Box(double.IsInteger((double)target));
    }

    static object BitLength(object target, Arguments arguments)
    {
        arguments.Bind("bit_length", 0);
        return Value.Box((long)BigInteger.Abs(Number.Whole(target)).GetBitLength());
    }
}
