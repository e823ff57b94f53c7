using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>A row, a column, or the rows or columns of a table: values by position and, where they have names, by name.</summary>
sealed class ResultSequence(string typeName, IReadOnlyList<object?> values, ResultKeys? keys) : TemplateObject
{
    /// <summary>Name of a column; null for anything else.</summary>
    public string? Name { get; init; }

    public override string TypeName => typeName;

    public override int? Length => values.Count;

    public override IEnumerable<object?> Items => values;

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "values" => Returning(name, () => new TupleValue([.. values])),
            "keys" => Returning(name, () => keys is null ? null : new TupleValue([.. keys.Names])),
            "items" => Returning(name, () =>
                keys is null ? null : new List<object?>(keys.Names.Select((n, i) => new TupleValue(n, values[i])))),
            "dict" => Returning(name, AsDict),
            "get" => new Function(name, Get),
            "name" => Name,
            "values_distinct" => Returning(name, () => new TupleValue([.. values.Distinct()])),
            "values_without_nulls" => Returning(name, () => new TupleValue([.. values.Where(v => v is not null)])),
            _ => null,
        };
        return value is not null;
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        var at = key is string name ? keys?.Find(name) : Position(key, values.Count);
        if (at is not { } index) return false;
        value = values[index];
        return true;
    }

    public override bool Equals(object? obj) => obj switch
    {
        ResultSequence other => values.SequenceEqual(other.Items),
        IReadOnlyList<object?> list => values.SequenceEqual(list),
        _ => false,
    };

    public override int GetHashCode() => values.Count;

    public override string ToString() => $"<agate.{typeName}: {PythonText.Represent(new TupleValue([.. values]))}>";

    /// <summary>An index from the front, or from the end when it is negative; null when there is none such.</summary>
    public static int? Position(object? key, int count) =>
        key is long at && (at < 0 ? at + count : at) is var index and >= 0 && index < count ? (int)index : null;

    static Function Returning(string name, Func<object?> value) => new(name, arguments =>
    {
        arguments.Bind(name, 0);
        return value();
    });

    Dict AsDict()
    {
        var dict = new Dict();
        for (var i = 0; i < (keys?.Names.Count ?? 0); i++) dict[keys!.Names[i]] = values[i];
        return dict;
    }

    object? Get(Arguments arguments)
    {
        var bound = arguments.Bind("get", 1, "key", "default");
        return TryGetItem(bound[0], out var value) ? value : bound[1];
    }
}
