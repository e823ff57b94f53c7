using System.Text.RegularExpressions;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary>A compiled regular expression.</summary>
sealed class PatternValue(string pattern, Regex regex) : TemplateObject
{
    public Regex Regex => regex;

    public override string TypeName => "re.Pattern";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "pattern" => pattern,
            "match" or "search" or "fullmatch" or "findall" or "finditer" or "sub" or "subn" or "split" =>
                new Function(name, arguments => RegexModule.Apply(name, this, arguments)),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"re.compile({PythonText.Represent(pattern)})";
}
