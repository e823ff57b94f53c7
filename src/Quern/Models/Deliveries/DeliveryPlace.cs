using System.Text.RegularExpressions;
using Quern.Projects.Options;
using Quern.Yaml;

namespace Quern.Models.Deliveries;

/// <summary>Where a delivery stands in quern.yml; says what the verb <c>load</c> says of its options in words of the file.</summary>
/// <param name="item">The delivery as it is written.</param>
sealed partial class DeliveryPlace(YamlMap item)
{
    /// <summary>The place of a key, or of the whole delivery where the key is not there.</summary>
    public string Of(string? key = null) =>
        OptionCheck.Place(QuernOptions.FileName, key is null ? item : item[key] ?? item) + (key is null ? "" : $", {Path(key)}");

    /// <summary>A key as messages name it: <c>deliver.mode</c>.</summary>
    public static string Path(string key) => $"{DeliveryKeys.Deliver.Name}.{key}";

    /// <summary>A fault of a load, with its place in the file: keys in place of options.</summary>
    public Fault InFile(Fault fault)
    {
        var options = Option().Matches(fault.Where ?? "");
        var place = options switch
        {
            [{ Index: 0 } option] when KeyOf(option) is { } key => Of(key),
            [{ Index: 0 }, ..] => $"{Of()}, {Keys(fault.Where!)}",
            _ => fault.Where is null or "quern load" ? Of() : $"{fault.Where}\n{Of()}",
        };
        return fault with
        {
            What = Keys(fault.What),
            Where = place,
            Wanted = fault.Wanted is { } wanted ? Keys(wanted) : null,
            Try = [.. fault.Try.Select(Keys)],
        };
    }

    /// <summary><c>--mode create</c> is <c>mode: create</c> there.</summary>
    static string Keys(string text) => Option().Replace(text, m => KeyOf(m) is not { } key
        ? m.Value
        : m.Groups["blank"].Length > 0 ? $"{key}: " : key);

    static string? KeyOf(Match option)
    {
        var key = option.Groups["name"].Value.Replace('-', '_');
        return DeliveryKeys.Deliver.Keys.Any(k => k.Name == key) ? key : null;
    }

    /// <summary>An option, with the blank before its value.</summary>
    [GeneratedRegex(@"--(?<name>[a-z]+(-[a-z]+)*)(?<blank> (?=\S))?", RegexOptions.ExplicitCapture)]
    private static partial Regex Option();
}
