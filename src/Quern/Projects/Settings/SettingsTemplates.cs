using System.Globalization;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Settings;

/// <summary>Renders values of dbt_project.yml, profiles.yml and packages.yml, which are read before there are macros: they see
/// <c>env_var</c>, <c>var</c> (those of the command line), and, once it is known, <c>target</c>.</summary>
/// <remarks>A value that is one expression keeps its type; text stays text unless <c>as_bool</c>, <c>as_number</c> or <c>as_native</c>
/// says otherwise.</remarks>
/// <param name="invocation">What the caller asked for.</param>
/// <param name="target">What <c>target</c> is; null while it is not known.</param>
/// <param name="secrets">Whether <c>env_var</c> gives names that begin with <c>DBT_ENV_SECRET</c>.</param>
sealed class SettingsTemplates(Invocation invocation, Dict? target, bool secrets)
{
    /// <summary>Names of environment variables that only profiles and packages may read.</summary>
    const string SecretPrefix = "DBT_ENV_SECRET";

    readonly TemplateEnvironment _environment = Environment();

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
            case string text when Template.HasMarks(text):
                return _environment.Parse(text, place).Evaluate(Globals());
            case List<object?> list:
                return list.Select(item => Render(item, place, enter)).ToList();
            case Dict dict:
                var rendered = new Dict();
                foreach (var (key, item) in dict) rendered[key] = enter(key) ? Render(item, $"{place}, {key}", enter) : item;
                return rendered;
            default:
                return value;
        }
    }

    Globals Globals()
    {
        var globals = new Globals();
        globals.Add(new Function("env_var", arguments =>
        {
            var bound = arguments.Bind("env_var", 1, "var", "default");
            return Variable(bound.Text(0), bound.Has(1), bound[1]);
        }));
        globals.Add(new Function(
            "var",
            arguments =>
            {
                var bound = arguments.Bind("var", 1, "name", "default");
                return Var(bound.Text(0), bound.Has(1), bound[1]);
            },
            new Dictionary<string, object?>
            {
                ["has_var"] = new Function("has_var", arguments => invocation.Vars.ContainsKey(arguments.Bind("has_var", 1, "name").Text(0))),
            }));
        if (target is not null) globals["target"] = target;
        globals["invocation_id"] = invocation.Id;
        globals["run_started_at"] = invocation.StartedAt;
        return globals;
    }

    object? Variable(string name, bool hasDefault, object? fallback)
    {
        if (!secrets && name.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            throw new QuernException(new Fault("QN7124", "secret environment variables are for profiles.yml and packages.yml only")
            {
                Value = name,
                ExitCode = ExitCode.Usage,
            });
        }
        if (invocation.Environment(name) is { } value) return value;
        return hasDefault ? fallback : throw new QuernException(new Fault("QN7123", "an environment variable is not set")
        {
            Value = name,
            Try = [$"set it: {name}=... quern {invocation.Which}", $"give a default: env_var('{name}', '...')"],
            ExitCode = ExitCode.Usage,
        });
    }

    object? Var(string name, bool hasDefault, object? fallback)
    {
        if (invocation.Vars.TryGetValue(name, out var value)) return value;
        return hasDefault ? fallback : throw new QuernException(new Fault("QN7113", "the variable has no value")
        {
            Value = $"\"{name}\"",
            Wanted = "a variable of --vars: those of dbt_project.yml are not known here",
            Try = [$"--vars '{{{name}: ...}}'", $"give a default: var('{name}', ...)"],
            ExitCode = ExitCode.Usage,
        });
    }

    static TemplateEnvironment Environment()
    {
        var environment = new TemplateEnvironment();
        environment.Add("as_text", (value, _) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture));
        environment.Add("as_native", (value, _) => Native(value));
        environment.Add("as_bool", (value, _) => Native(value) is bool flag ? flag : Texts.Flag(value) ?? value);
        environment.Add("as_number", (value, _) => Native(value));
        return environment;
    }

    static object? Native(object? value) => value is string text && TemplateEnvironment.TryReadLiteral(text, out var literal) ? literal : value;
}
