namespace Quern.Jinja.Values;

/// <summary>The live keys, values or items of a dict.</summary>
sealed class DictView(Dict dict, DictView.Part part) : TemplateObject
{
    public enum Part
    {
        Keys,
        Values,
        Pairs,
    }

    public override string TypeName => part switch
    {
        Part.Keys => "dict_keys",
        Part.Values => "dict_values",
        _ => "dict_items",
    };

    public override int? Length => dict.Count;

    public override IEnumerable<object?> Items => part switch
    {
        Part.Keys => dict.Keys,
        Part.Values => dict.Values,
        _ => Pairs(),
    };

    public override string ToString() => $"{TypeName}({PythonText.Represent(new List<object?>(Items))})";

    IEnumerable<object?> Pairs()
    {
        foreach (var (key, value) in dict) yield return new TupleValue(key, value);
    }
}
