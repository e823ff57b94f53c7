using System.Security.Cryptography;
using System.Text;
using Quern.Jinja.Values;

namespace Quern.Projects.Reading;

/// <summary>Names of generic tests (specification section 2.2).</summary>
static class TestNames
{
    /// <summary>Names from this length on are shortened where they become a relation.</summary>
    const int LongName = 64;

    const int KeptLetters = 30;
    const int HashLetters = 10;

    /// <summary>The name of a test without one of its own, and the one its relation gets.</summary>
    /// <param name="space">The package its test was named with; null without one.</param>
    /// <param name="test">The test: <c>not_null</c>.</param>
    /// <param name="target">What it tests.</param>
    /// <param name="arguments">Its arguments with <c>column_name</c>.</param>
    public static (string Full, string Short) Make(string? space, string test, TestTarget target, Dict arguments)
    {
        var kind = target.Source is null ? test : "source_" + test;
        if (space is not null) kind = $"{space}_{kind}";
        var flat = Sorted(arguments).Where(key => key is not "model").SelectMany(key => arguments[key] switch
        {
            Dict dict => dict.Values,
            List<object?> list => list,
            TupleValue tuple => tuple,
            var one => [one],
        });
        var identifier = $"{kind}_{target.Label}";
        var full = $"{identifier}_{string.Join("__", flat.Select(v => InNames(PythonText.Of(v))))}";
        if (full.Length < LongName) return (full, full);
        var hash = Convert.ToHexStringLower(Md5(full));
        return (full, $"{identifier[..Math.Min(KeptLetters, identifier.Length)]}_{hash}");
    }

    /// <summary>The last part of a generic test's id: a hash of its name and of what it was made of, printed as Python prints it.</summary>
    public static string Hash(string name, string? space, string test, TestTarget target, Dict arguments)
    {
        var all = arguments.Copy();
        all["model"] = $"{{{{ get_where_subquery({target.Call}) }}}}";
        var about = new Dict { ["kwargs"] = Hashable(all), ["name"] = test, ["namespace"] = space ?? "None" };
        return Convert.ToHexStringLower(Md5(name + PythonText.Represent(about)))[^HashLetters..];
    }

    // Keys sorted, every value as text, nothing included.
    static object Hashable(object? value)
    {
        switch (value)
        {
            case Dict dict:
                var sorted = new Dict();
                foreach (var key in Sorted(dict)) sorted[key] = Hashable(dict[key]);
                return sorted;
            case List<object?> list:
                return list.Select(item => (object?)Hashable(item)).ToList();
            default:
                return PythonText.Of(value);
        }
    }

#pragma warning disable CA5351 // A name, not a secret: it must be the one that others compute.
    static byte[] Md5(string text) => MD5.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5351

    static object?[] Sorted(Dict dict)
    {
        object?[] keys = [.. dict.Keys];
        Array.Sort(Array.ConvertAll(keys, PythonText.Of), keys, StringComparer.Ordinal);
        return keys;
    }

    // Runs of anything but letters, digits and _ become one _.
    static string InNames(string text)
    {
        var name = new StringBuilder(text.Length);
        var isInside = false;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_') name.Append(c);
            else if (!isInside) name.Append('_');
            isInside = !char.IsAsciiLetterOrDigit(c) && c != '_';
        }
        return name.ToString();
    }
}
