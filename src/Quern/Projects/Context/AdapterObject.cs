using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>adapter</c>. A method that is not there is an error when it is called while running, so that nothing is passed over
/// silently.</summary>
sealed class AdapterObject(IReadOnlyDictionary<string, Function> functions) : TemplateObject
{
    public override string TypeName => "adapter";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "Relation" => RelationClass.Instance,
            "Column" => ColumnClass.Instance,
            _ => functions.TryGetValue(name, out var function) ? function : Unknown(name),
        };
        return true;
    }

    Function Unknown(string name) => new(name, arguments => NodeScope.Of(arguments).IsParsing ? null : throw new QuernException(
        new Fault("QN7135", $"adapter.{name} is not supported")
        {
            Try = NearestName.Of(name, functions.Keys) is { } near ? [$"did you mean adapter.{near}?"] : [],
        }));
}
