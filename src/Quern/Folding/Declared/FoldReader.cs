using Quern.Chunks;
using Quern.Folding.Expressions;
using Quern.Projects.Options;
using Quern.Yaml;

namespace Quern.Folding.Declared;

/// <summary>Reads <c>folds</c> of quern.yml and checks them: every column is there, keys are discrete, states fit their columns.</summary>
/// <param name="place">What errors call the file.</param>
/// <param name="sources">The sources of the file.</param>
sealed class FoldReader(string place, IReadOnlyList<FoldSource> sources)
{
    const MeasureKeep Usual = MeasureKeep.Sum | MeasureKeep.Count | MeasureKeep.Min | MeasureKeep.Max;

    /// <summary>Digits of decimals whose unscaled numbers fit 64 bits.</summary>
    const int KeyDigits = 18;

    /// <summary>Reads a fold.</summary>
    /// <exception cref="QuernException">QN7530 to QN7541, exit code 2.</exception>
    public Fold Read(YamlScalar name, YamlMap map)
    {
        var source = Source((YamlScalar)map["from"]!);
        var (zone, zoneName) = Zone(map["zone"] as YamlScalar);
        var columns = new FoldColumns(source, zone);
        var derived = new List<DerivedColumn>();
        foreach (var (made, text) in (map["derive"] as YamlMap)?.Entries ?? []) derived.Add(Derived(made, (YamlScalar)text, columns));
        return new Fold
        {
            Name = name.Text,
            Source = source,
            Zone = zoneName,
            Fallback = map.Text("fallback") switch { "raw" => FallbackKind.Raw, "none" => FallbackKind.None, _ => FallbackKind.Parquet },
            Where = map["where"] is YamlScalar where ? Expressed(where, p => new Binder(columns).Condition(p)) : null,
            Derived = derived,
            Measures = Measures(map["measures"] as YamlList, columns),
            Grains = Grains((YamlMap)map["grains"]!, columns),
            Incremental = map["incremental"]?.Value() is true,
        };
    }

    /// <summary>A text or a list of texts; none for no node.</summary>
    public static IReadOnlyList<string> Texts(YamlNode? node) => node switch
    {
        YamlScalar one => [one.Text],
        YamlList many => [.. many.Items.Select(i => ((YamlScalar)i).Text)],
        _ => [],
    };

    FoldSource Source(YamlScalar name) =>
        sources.FirstOrDefault(s => s.Name == name.Text)
        ?? throw DeclaredFaults.Unknown("QN7541", "there is no source of this name", place, name, [.. sources.Select(s => s.Name)]);

    (TimeZoneInfo Zone, string Name) Zone(YamlScalar? name)
    {
        if (name is null) return (TimeZoneInfo.Utc, "UTC");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name.Text, out var zone)) return (zone, name.Text);
        var names = TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).ToList();
        throw new QuernException(new Fault("QN7537", "there is no time zone of this name")
        {
            Where = OptionCheck.Place(place, name),
            Value = name.Text,
            Wanted = "a name of the IANA database: UTC, Europe/Berlin",
            Try = NearestName.Of(name.Text, names) is { } nearest ? [$"zone: {nearest}"] : [],
            ExitCode = ExitCode.Usage,
        });
    }

    DerivedColumn Derived(YamlScalar name, YamlScalar text, FoldColumns columns)
    {
        var bound = Expressed(text, p => new Binder(columns).Bind(p));
        if (!columns.Add(new FoldColumn(name.Text, bound.Type, null, bound.Tree))) throw DeclaredFaults.Twice(place, name);
        return new DerivedColumn(name.Text, bound.Tree);
    }

    T Expressed<T>(YamlScalar text, Func<ParsedExpression, T> bind)
    {
        try
        {
            return bind(ExpressionParser.Parse(text.Text));
        }
        catch (QuernException e) when (e.Fault.Where is null)
        {
            throw ExpressionFaults.At(e, OptionCheck.Place(place, text));
        }
    }

    List<FoldMeasure> Measures(YamlList? list, FoldColumns columns)
    {
        var measures = new List<FoldMeasure>();
        foreach (var map in list?.Items.OfType<YamlMap>() ?? [])
        {
            var of = (YamlScalar)map["of"]!;
            var column = Column(of, columns);
            if (measures.Any(m => m.Of == column.Name)) throw DeclaredFaults.Twice(place, of);
            measures.Add(new FoldMeasure(column.Name, Keep(map["keep"], of, column)));
        }
        return measures;
    }

    MeasureKeep Keep(YamlNode? node, YamlScalar of, FoldColumn column)
    {
        var keep = node is null ? Usual : MeasureKeep.None;
        foreach (var word in Texts(node))
        {
            keep |= word switch
            {
                "sum" => MeasureKeep.Sum,
                "min" => MeasureKeep.Min,
                "max" => MeasureKeep.Max,
                "sum_squares" => MeasureKeep.SumSquares,
                "distinct" => MeasureKeep.Distinct,
                _ => MeasureKeep.Count,
            };
        }
        var type = TypeClasses.Of(column.Type);
        var fits = TypeClasses.IsNumber(type) ? (MeasureKeep)((int)MeasureKeep.Distinct * 2 - 1)
            : type is TypeClass.Day or TypeClass.Moment ? MeasureKeep.Count | MeasureKeep.Min | MeasureKeep.Max | MeasureKeep.Distinct
            : MeasureKeep.Count | MeasureKeep.Distinct;
        if ((keep & ~fits) == 0) return keep | MeasureKeep.Count;
        throw new QuernException(new Fault("QN7536", "a group cannot keep this of the column")
        {
            Where = OptionCheck.Place(place, node ?? of),
            Value = $"{Words(keep & ~fits)} of {column.Name}, which is {column.Type}",
            Wanted = $"some of {Words(fits)}",
            Try = [$"{{of: {column.Name}, keep: [count]}}"],
            ExitCode = ExitCode.Usage,
        });
    }

    static string Words(MeasureKeep keep) => string.Join(", ", ((IEnumerable<(MeasureKeep State, string Word)>)
    [
        (MeasureKeep.Sum, "sum"), (MeasureKeep.Count, "count"), (MeasureKeep.Min, "min"), (MeasureKeep.Max, "max"),
        (MeasureKeep.SumSquares, "sum_squares"), (MeasureKeep.Distinct, "distinct"),
    ]).Where(s => keep.HasFlag(s.State)).Select(s => s.Word));

    List<Grain> Grains(YamlMap map, FoldColumns columns)
    {
        var grains = new List<Grain>();
        foreach (var (name, node) in map.Entries)
        {
            var keys = new List<string>();
            foreach (var key in node is YamlList list ? list.Items.Cast<YamlScalar>() : [(YamlScalar)node])
            {
                var column = Column(key, columns);
                if (!IsDiscrete(column.Type)) throw DeclaredFaults.NotDiscrete(place, key, column);
                if (keys.Contains(column.Name)) throw DeclaredFaults.Twice(place, key);
                keys.Add(column.Name);
            }
            if (grains.FirstOrDefault(g => g.Keys.Count == keys.Count && g.Keys.All(keys.Contains)) is { } same)
                throw DeclaredFaults.SameGrain(place, name, same.Name);
            grains.Add(new Grain(name.Text, keys));
        }
        return grains.Count > 0 ? grains : throw DeclaredFaults.NoGrain(place, map);
    }

    /// <summary>Groups can be made by values of a type.</summary>
    public static bool IsDiscrete(LogicalType type) => TypeClasses.Of(type) switch
    {
        TypeClass.Whole => type.Kind is not (TypeKind.HugeInt or TypeKind.UBigInt),
        TypeClass.Decimal => type.Precision <= KeyDigits,
        TypeClass.Real or TypeClass.Nothing or TypeClass.Other => false,
        _ => true,
    };

    FoldColumn Column(YamlScalar name, FoldColumns columns) => columns.TryFind(name.Text, out var column)
        ? column
        : throw DeclaredFaults.Unknown("QN7531", "there is no column of this name", place, name, columns.Names);
}
