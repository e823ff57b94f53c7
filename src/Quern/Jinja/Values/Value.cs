using System.Collections;
using System.Globalization;
using System.Numerics;

namespace Quern.Jinja.Values;

/// <summary>
/// The values templates work with: null (none), <see cref="bool"/>, whole numbers (<see cref="long"/>, beyond that
/// <see cref="BigInteger"/>), <see cref="double"/>, <see cref="decimal"/>, <see cref="string"/>, dates and times
/// (<see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/>,
/// <see cref="TimeSpan"/>), <c>List&lt;object?&gt;</c>, <see cref="TupleValue"/>, <see cref="Dict"/>,
/// <see cref="TemplateObject"/> and <see cref="Undefined"/>.
/// </summary>
public static class Value
{
    static readonly object True = true;
    static readonly object False = false;
    static readonly object[] Small = MakeSmall();

    /// <summary>
    /// A .NET value as templates see it. Numbers are widened; dictionaries and sequences of other types are copied into
    /// a <see cref="Dict"/> or a list. Throws QN7008 for any other type: no .NET object is visible by accident.
    /// </summary>
    public static object? From(object? value) => value switch
    {
        null or string or bool or long or double or TemplateObject or List<object?> or Dict or TupleValue or Undefined
            or BigInteger or decimal or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => value,
        _ => Convert(value),
    };

    /// <summary>Whether <c>if</c> takes the value for true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        string text => text.Length > 0,
        long whole => whole != 0,
        double real => real != 0,
        List<object?> list => list.Count > 0,
        Dict dict => dict.Count > 0,
        TupleValue tuple => tuple.Count > 0,
        TemplateObject other => other.IsTrue,
        BigInteger big => !big.IsZero,
        decimal exact => exact != 0,
        TimeSpan span => span != TimeSpan.Zero,
        _ => true,
    };

    /// <summary>The type's name as template authors know it: <c>str</c>, <c>int</c>, <c>list</c>...</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        string => "str",
        long or BigInteger => "int",
        double => "float",
        decimal => "Decimal",
        List<object?> => "list",
        Dict => "dict",
        TupleValue => "tuple",
        TemplateObject other => other.TypeName,
        Undefined => "Undefined",
        DateTime or DateTimeOffset => "datetime",
        DateOnly => "date",
        TimeOnly => "time",
        TimeSpan => "timedelta",
        _ => "object",
    };

    internal static object Box(bool value) => value ? True : False;

    internal static object Box(long value) => (ulong)(value + 128) < (ulong)Small.Length ? Small[value + 128] : value;

    internal static object Box(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Box((long)value) : value;

    internal static bool IsNumber(object? value) => value is long or double or bool or BigInteger or decimal;

    static object[] MakeSmall()
    {
        var small = new object[1152];
        for (var i = 0; i < small.Length; i++) small[i] = i - 128L;
        return small;
    }

    static object Convert(object value) => value switch
    {
        int number => Box(number),
        short number => Box(number),
        byte number => Box(number),
        sbyte number => Box(number),
        ushort number => Box(number),
        uint number => Box(number),
        ulong number => Box(new BigInteger(number)),
        float number => (double)number,
        Int128 number => Box((BigInteger)number),
        UInt128 number => Box((BigInteger)number),
        char letter => letter.ToString(),
        Guid id => id.ToString("D", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> map => Copy(map),
        IDictionary map => Copy(map),
        IEnumerable items => Copy(items),
        _ => throw TemplateFailure.Sandbox($"a value of type {value.GetType().Name} cannot be used in a template"),
    };

    static Dict Copy(IReadOnlyDictionary<string, object?> map)
    {
        var dict = new Dict();
        foreach (var (key, value) in map) dict[key] = From(value);
        return dict;
    }

    static Dict Copy(IDictionary map)
    {
        var dict = new Dict();
        foreach (DictionaryEntry entry in map) dict[From(entry.Key)] = From(entry.Value);
        return dict;
    }

    static List<object?> Copy(IEnumerable items)
    {
        var list = new List<object?>();
        foreach (var item in items) list.Add(From(item));
        return list;
    }
}
