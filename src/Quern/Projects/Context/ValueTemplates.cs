using System.Collections.Concurrent;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>Renders values of YAML files to native types: a text that is nothing but one expression becomes that expression's value, any
/// other text stays text; <c>as_bool</c>, <c>as_number</c> and <c>as_native</c> read what a text spells.</summary>
/// <remarks>Also before there is a <see cref="ProjectTemplates"/>: for profiles.yml and dbt_project.yml. Thread-safe.</remarks>
sealed class ValueTemplates
{
    static readonly TemplateEnvironment Environment = ProjectLanguage.MakeForValues();

    readonly ConcurrentDictionary<string, Template> _parsed = new(StringComparer.Ordinal);
    readonly Globals _names;

    /// <summary>Makes a renderer.</summary>
    /// <param name="invocation">Environment variables and what else the caller asked for.</param>
    /// <param name="variables">What <c>var</c> sees.</param>
    /// <param name="target">What <c>target</c> is; null where it is not known yet.</param>
    /// <param name="maySeeSecrets">Whether <c>env_var</c> gives secrets: in profiles.yml and packages.yml only. Default: false.</param>
    public ValueTemplates(Invocation invocation, Dict variables, Target? target, bool maySeeSecrets = false)
    {
        _names = new Globals();
        BaseFunctions.AddTo(_names, invocation);
        _names.Add(EnvironmentVariables.MakeFunction(invocation, maySeeSecrets));
        _names.Add(Variables.MakeFunction(_ => variables, (text, _, arguments) => arguments.Rendering.Render(Parse(text, "var"))));
        if (target is not null) _names["target"] = TargetValues.Of(target);
    }

    /// <summary>Renders a value.</summary>
    /// <param name="value">Text, or a list or dict of texts at any depth; other values stay as they are.</param>
    /// <param name="place">What errors call it: file and key.</param>
    /// <param name="extra">Names beside the usual ones, such as <c>doc</c>. Default: none.</param>
    /// <exception cref="QuernException">QN70xx, QN71xx, exit code 2: it cannot be rendered.</exception>
    public object? Render(object? value, string place, IReadOnlyDictionary<string, object?>? extra = null) => value switch
    {
        string text => Template.HasMarks(text) ? RenderText(text, place, extra) : text,
        List<object?> list => new List<object?>(list.Select((item, i) => Render(item, $"{place}[{i}]", extra))),
        Dict dict => RenderDict(dict, place, extra),
        _ => value,
    };

    Dict RenderDict(Dict dict, string place, IReadOnlyDictionary<string, object?>? extra)
    {
        var rendered = new Dict();
        foreach (var (key, item) in dict) rendered[key] = Render(item, $"{place}.{PythonText.Of(key)}", extra);
        return rendered;
    }

    object? RenderText(string text, string place, IReadOnlyDictionary<string, object?>? extra)
    {
        var names = _names;
        if (extra is not null)
        {
            names = new Globals(_names);
            foreach (var (name, value) in extra) names[name] = value;
        }
        try
        {
            var value = Parse(text, place).Evaluate(names);
            return value is Undefined missing ? throw new QuernException(new Fault("QN7005", missing.Message)) : value;
        }
        catch (QuernException error)
        {
            var fault = error.Fault;
            throw new QuernException(fault with { Where = place, Value = fault.Value ?? text, ExitCode = ExitCode.Usage }, error);
        }
    }

    Template Parse(string text, string place) => _parsed.GetOrAdd(text, t => Environment.Parse(t, place));
}
