using System.Numerics;
using System.Text;

namespace Quern.Jinja.Values;

/// <summary>The <c>%</c> operator on texts: <c>'%s is %05.1f' % (name, number)</c>, <c>'%(name)s' % dict</c>.</summary>
static class PercentFormat
{
    public static string Apply(string format, object? values)
    {
        var output = new StringBuilder();
        var queue = values is TupleValue tuple ? tuple : new TupleValue(values);
        var used = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                output.Append(format[i]);
                continue;
            }

            Meter.Step();
            i++;
            var named = TakeName(format, ref i, values, out var value);
            var (alternate, zero, left, sign) = TakeFlags(format, ref i);
            var width = TakeNumber(format, ref i, Take) ?? 0;
            if (width < 0) (left, width) = (true, -width);
            var precision = -1;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                precision = TakeNumber(format, ref i, Take) ?? 0;
            }

            while (i < format.Length && format[i] is 'h' or 'l' or 'L') i++;
            if (i >= format.Length)
                throw TemplateFailure.Value("the format ends after a %", "write %% for a percent sign");
            if (format[i] == '%')
            {
                output.Append('%');
                continue;
            }

            if (!named) value = Take();
            var spec = new FormatSpec
            {
                Fill = zero && !left && format[i] is not ('s' or 'r' or 'a' or 'c') ? '0' : ' ',
                Align = left ? '<' : zero ? '=' : '>',
                Sign = sign,
                Alternate = alternate,
                Width = width,
                Precision = precision,
                Type = format[i],
            };
            if (spec.Fill == ' ' && spec.Align == '=') spec = spec with { Align = '>' };
            var text = One(spec, value);
            Meter.ChargeText(text.Length);
            output.Append(text);
        }

        // A value that could be looked into by name need not be used.
        var mayBeLeft = values is Dict or List<object?> or TemplateObject or Undefined || HasNames(format);
        if (used < queue.Count && !mayBeLeft)
            throw TemplateFailure.Type("not all arguments were converted by the format");
        return output.ToString();

        object? Take() => used < queue.Count
            ? queue[used++]
            : throw TemplateFailure.Type("there are not enough arguments for the format");
    }

    static string One(FormatSpec spec, object? value)
    {
        switch (spec.Type)
        {
            case 's':
                return (spec with { Type = 's' }).Apply(PythonText.Of(value));
            case 'r' or 'a':
                return (spec with { Type = 's' }).Apply(PythonText.Represent(value));
            case 'c' when value is string letter:
                if (Letters.Count(letter) != 1) throw TemplateFailure.Type("%c needs one character");
                return (spec with { Type = 's', Precision = -1 }).Apply(letter);
            case 'd' or 'i' or 'u':
                return (spec with { Type = 'd', Precision = -1 }).Apply(Whole(value, spec.Type));
            case 'x' or 'X' or 'o' or 'c':
                if (value is not (long or bool or BigInteger)) throw Wrong(value, spec.Type);
                return spec.Apply(value);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                if (value is Undefined undefined) throw undefined.Failure();
                if (!Value.IsNumber(value)) throw Wrong(value, spec.Type);
                return spec.Apply(Number.Real(value!));
            default:
                throw TemplateFailure.Value($"'%{spec.Type}' is not a format", "write %% for a percent sign");
        }
    }

    static object? Whole(object? value, char type) => value switch
    {
        long or BigInteger => value,
        bool flag => Value.Box(flag ? 1L : 0L),
        double real => Number.Truncate(real),
        decimal exact => Value.Box(new BigInteger(exact)),
        Undefined undefined => throw undefined.Failure(),
        _ => throw Wrong(value, type),
    };

    static TemplateFailure Wrong(object? value, char type) =>
        TemplateFailure.Type($"%{type} needs a number, not {Value.TypeName(value)}");

    static bool HasNames(string format) => format.Contains("%(", StringComparison.Ordinal);

    static bool TakeName(string format, ref int i, object? values, out object? value)
    {
        value = null;
        if (i >= format.Length || format[i] != '(') return false;
        var end = format.IndexOf(')', i);
        if (end < 0) throw TemplateFailure.Value("the format has a ( that is not closed");
        var name = format[(i + 1)..end];
        if (values is not Dict dict) throw TemplateFailure.Type("a format with names needs a dict");
        if (!dict.TryGetValue(name, out value)) throw TemplateFailure.Value($"the format needs a value for '{name}'");
        i = end + 1;
        return true;
    }

    static (bool Alternate, bool Zero, bool Left, char Sign) TakeFlags(string format, ref int i)
    {
        var (alternate, zero, left, sign) = (false, false, false, '\0');
        for (; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '#': alternate = true; break;
                case '0': zero = true; break;
                case '-': left = true; break;
                case '+': sign = '+'; break;
                case ' ': sign = sign == '+' ? sign : ' '; break;
                default: return (alternate, zero, left, sign);
            }
        }

        return (alternate, zero, left, sign);
    }

    static int? TakeNumber(string format, ref int i, Func<object?> take)
    {
        if (i < format.Length && format[i] == '*')
        {
            i++;
            return take() is long given and > -1_000_000_000 and < 1_000_000_000
                ? (int)given
                : throw TemplateFailure.Type("* in a format needs a whole number");
        }

        var start = i;
        var number = 0L;
        for (; i < format.Length && char.IsAsciiDigit(format[i]); i++)
            number = Math.Min(number * 10 + format[i] - '0', int.MaxValue);
        return i == start ? null : (int)number;
    }
}
