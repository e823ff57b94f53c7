using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>env_var</c>. Names that begin with DBT_ENV_SECRET are for profiles and packages only, so that no secret gets into
/// SQL.</summary>
static class EnvironmentVariables
{
    public static Function MakeFunction(Invocation invocation, bool maySeeSecrets) => new("env_var", arguments =>
    {
        var bound = arguments.Bind("env_var", 1, "var", "default");
        var name = bound.Text(0);
        var isSecret = Secrets.IsSecret(name);
        if (isSecret && !maySeeSecrets)
        {
            throw new QuernException(new Fault("QN7124", $"variables that begin with {Secrets.Prefix} are for profiles.yml and packages.yml only")
            {
                Value = name,
            });
        }
        if (invocation.Environment(name) is { } value)
        {
            if (isSecret) invocation.Secrets.Add(value);
            return value;
        }
        return bound.Has(1) ? bound[1]
            : throw new QuernException(new Fault("QN7125", "the environment variable is not set and has no default")
            {
                Value = name,
                Try = [$"set {name} where the command is run", $"env_var('{name}', 'default')"],
            });
    });
}
