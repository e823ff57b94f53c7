using Quern.Folding.Expressions;
using Quern.Projects.Options;
using Quern.Yaml;

namespace Quern.Folding.Declared;

/// <summary>What can be wrong with the declaration of a fold.</summary>
static class DeclaredFaults
{
    /// <summary>A name that stands for nothing.</summary>
    public static QuernException Unknown(string code, string what, string place, YamlScalar name, IReadOnlyList<string> names) =>
        new(new Fault(code, what)
        {
            Where = OptionCheck.Place(place, name),
            Value = name.Text,
            Wanted = names.Count == 0 ? "none is declared" : string.Join(", ", names),
            Try = NearestName.Of(name.Text, names) is { } nearest ? [nearest] : [],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>A name that comes twice.</summary>
    public static QuernException Twice(string place, YamlScalar name) => new(new Fault("QN7535", "this name comes twice")
    {
        Where = OptionCheck.Place(place, name),
        Value = name.Text,
        ExitCode = ExitCode.Usage,
    });

    /// <summary>A key with too many values, or none that are told apart.</summary>
    public static QuernException NotDiscrete(string place, YamlScalar key, FoldColumn column) =>
        new(new Fault("QN7538", "groups cannot be made by this column")
        {
            Where = OptionCheck.Place(place, key),
            Value = $"{column.Name}, which is {column.Type}",
            Wanted = "texts, UUIDs, whole numbers of up to 64 bits with a sign, decimals of up to 18 digits, days, moments, true or false",
            Try = ["keep it as a measure, or declare it as a decimal"],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>Two grains with the same keys.</summary>
    public static QuernException SameGrain(string place, YamlScalar name, string other) =>
        new(new Fault("QN7539", "two grains have the same keys")
        {
            Where = OptionCheck.Place(place, name),
            Value = $"{name.Text}, as {other}",
            Try = ["leave one out"],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>A fold that groups by nothing.</summary>
    public static QuernException NoGrain(string place, YamlNode at) => new(new Fault("QN7544", "a fold has no grains")
    {
        Where = OptionCheck.Place(place, at),
        Wanted = "grains: {day_type: [day, type]}",
        ExitCode = ExitCode.Usage,
    });
}
