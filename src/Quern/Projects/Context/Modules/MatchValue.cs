using System.Text.RegularExpressions;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary>What a regular expression found.</summary>
sealed class MatchValue(Match match) : TemplateObject
{
    public override string TypeName => "re.Match";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "group" => new Function(name, Groups),
            "groups" => new Function(name, _ => new TupleValue([.. match.Groups.Values.Skip(1).Select(Text)])),
            "groupdict" => new Function(name, _ => Named()),
            "start" => new Function(name, arguments => (long)At(arguments.Bind(name, 0, "group").Or(0, 0L)).Index),
            "end" => new Function(name, arguments =>
                At(arguments.Bind(name, 0, "group").Or(0, 0L)) is var group ? (long)(group.Index + group.Length) : 0),
            "span" => new Function(name, _ => new TupleValue((long)match.Index, (long)(match.Index + match.Length))),
            "string" => match.Result("$_"),
            _ => null,
        };
        return value is not null;
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        value = Text(At(key));
        return true;
    }

    public override string ToString() =>
        $"<re.Match object; span=({match.Index}, {match.Index + match.Length}), match={PythonText.Represent(match.Value)}>";

    static object? Text(Group group) => group.Success ? group.Value : null;

    object? Groups(Arguments arguments) => arguments.Positional switch
    {
        [] => match.Value,
        [var one] => Text(At(one)),
        var several => new TupleValue([.. several.Select(key => Text(At(key)))]),
    };

    Group At(object? key)
    {
        var group = key switch
        {
            long number when number >= 0 && number < match.Groups.Count => match.Groups[(int)number],
            string name => match.Groups.ContainsKey(name) ? match.Groups[name] : null,
            _ => null,
        };
        return group ?? throw TemplateFailure.Value($"there is no group {PythonText.Represent(key)}");
    }

    Dict Named()
    {
        var dict = new Dict();
        foreach (Group group in match.Groups)
            if (!char.IsAsciiDigit(group.Name[0])) dict[group.Name] = Text(group);
        return dict;
    }
}
