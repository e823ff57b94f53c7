using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>env_var</c>. Names that begin with DBT_ENV_SECRET are for profiles and packages only, so that no secret gets into
/// SQL.</summary>
static class EnvironmentVariables
{
    const string Secret = "DBT_ENV_SECRET";

    public static Function MakeFunction(Func<string, string?> read, bool maySeeSecrets) => new("env_var", arguments =>
    {
        var bound = arguments.Bind("env_var", 1, "var", "default");
        var name = bound.Text(0);
        if (name.StartsWith(Secret, StringComparison.Ordinal) && !maySeeSecrets)
        {
            throw new QuernException(new Fault("QN7124", $"variables that begin with {Secret} are for profiles.yml and packages.yml only")
            {
                Value = name,
            });
        }
        if (read(name) is { } value) return value;
        return bound.Has(1) ? bound[1]
            : throw new QuernException(new Fault("QN7125", "the environment variable is not set and has no default")
            {
                Value = name,
                Try = [$"set {name} where the command is run", $"env_var('{name}', 'default')"],
            });
    });
}
