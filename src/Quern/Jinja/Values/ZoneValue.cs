namespace Quern.Jinja.Values;

/// <summary>A time zone, as <c>astimezone</c> takes it.</summary>
/// <param name="id">The name it prints.</param>
/// <param name="zone">Its rules.</param>
public sealed class ZoneValue(string id, TimeZoneInfo zone) : TemplateObject
{
    /// <summary>Coordinated universal time.</summary>
    public static ZoneValue Utc { get; } = new("UTC", TimeZoneInfo.Utc);

    /// <inheritdoc/>
    public override string TypeName => "tzinfo";

    /// <summary>A zone that is always the same away from UTC.</summary>
    public static ZoneValue Fixed(TimeSpan offset) => offset == TimeSpan.Zero
        ? Utc
        : new ZoneValue("UTC" + Moments.Offset(offset), TimeZoneInfo.CreateCustomTimeZone("fixed", offset, null, null));

    /// <summary>The same moment on a clock of this zone.</summary>
    public DateTimeOffset Convert(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>The moment at which a clock of this zone shows a time; of two such, the later.</summary>
    public DateTimeOffset Localize(DateTime clock)
    {
        var plain = DateTime.SpecifyKind(clock, DateTimeKind.Unspecified);
        return new DateTimeOffset(plain, zone.GetUtcOffset(plain));
    }

    /// <inheritdoc/>
    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "zone" => id,
            "localize" => new Function("localize", arguments => arguments.Bind("localize", 1, "dt", "is_dst")[0] is DateTime clock
                ? Localize(clock)
                : throw TemplateFailure.Type("localize needs a datetime without a time zone")),
            "normalize" => new Function("normalize", arguments => arguments.Bind("normalize", 1, "dt")[0] is DateTimeOffset at
                ? Convert(at)
                : throw TemplateFailure.Type("normalize needs a datetime with a time zone")),
            _ => null,
        };
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => id;
}
