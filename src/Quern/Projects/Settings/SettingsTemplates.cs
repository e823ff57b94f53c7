using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Context;

namespace Quern.Projects.Settings;

/// <summary>Renders values of dbt_project.yml, profiles.yml and packages.yml, which are read before there are macros: they see
/// <c>env_var</c>, <c>var</c> (those of the command line), and, once it is known, <c>target</c>.</summary>
/// <param name="invocation">What the caller asked for.</param>
/// <param name="target">What <c>target</c> is; null while it is not known.</param>
/// <param name="secrets">Whether <c>env_var</c> gives names that begin with <c>DBT_ENV_SECRET</c>.</param>
sealed class SettingsTemplates(Invocation invocation, Target? target, bool secrets)
{
    readonly Lazy<ValueTemplates> _templates = new(() => new ValueTemplates(invocation, invocation.Vars, target, secrets));

    /// <summary>Renders every text in a value; lists and dicts are made anew.</summary>
    /// <param name="value">A value of a YAML file.</param>
    /// <param name="place">What errors call it.</param>
    public object? Render(object? value, string place) => Render(value, place, _ => true);

    /// <summary>Renders every text in a value but those below keys that are left out.</summary>
    /// <param name="value">A value of a YAML file.</param>
    /// <param name="place">What errors call it.</param>
    /// <param name="enter">Whether what is below a key is rendered.</param>
    public object? Render(object? value, string place, Func<object?, bool> enter)
    {
        switch (value)
        {
            case string text:
                return Template.HasMarks(text) ? _templates.Value.Render(text, place) : text;
            case List<object?> list:
                return list.Select(item => Render(item, place, enter)).ToList();
            case Dict dict:
                var rendered = new Dict();
                foreach (var (key, item) in dict) rendered[key] = enter(key) ? Render(item, $"{place}.{Texts.Of(key)}", enter) : item;
                return rendered;
            default:
                return value;
        }
    }
}
