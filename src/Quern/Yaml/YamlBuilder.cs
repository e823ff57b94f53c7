using System.Globalization;
using Quern.Jinja.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Events = YamlDotNet.Core.Events;

namespace Quern.Yaml;

/// <summary>Builds the nodes of one document from the parser's events. Aliases are the nodes they name; what they add to the size is
/// counted, so that a few lines cannot grow into millions of nodes.</summary>
/// <param name="parser">The events, at the begin of a node.</param>
/// <param name="place">What errors call the text.</param>
sealed class YamlBuilder(IParser parser, string place)
{
    const string Tags = "tag:yaml.org,2002:";

    /// <summary>Keys of a mapping that are compared each with each; beyond that a table is faster.</summary>
    const int MostCompared = 12;

    readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    long _aliased;

    /// <summary>Builds the next node.</summary>
    /// <param name="depth">Lists and mappings around it.</param>
    public YamlNode Node(int depth)
    {
        if (depth > YamlText.MaxDepth) throw TooMuch(parser.Current!, $"lists and mappings are nested more than {YamlText.MaxDepth} deep");
        switch (parser.Consume<ParsingEvent>())
        {
            case AnchorAlias alias:
                if (!_anchors.TryGetValue(alias.Value, out var named))
                    throw YamlText.NotYaml(place, alias.Start, $"the alias *{alias.Value} names nothing before it");
                _aliased += named.Size;
                if (_aliased > YamlText.MaxSize) throw TooMuch(alias, $"aliases make more than {YamlText.MaxSize} values of it");
                return named;
            case Events.Scalar scalar:
                return Named(scalar, new YamlScalar(scalar.Value, ValueOf(scalar), (int)scalar.Start.Line, (int)scalar.Start.Column));
            case SequenceStart list:
                return Named(list, new YamlList(Items(depth), (int)list.Start.Line, (int)list.Start.Column));
            case MappingStart map:
                return Named(map, new YamlMap(Entries(depth), (int)map.Start.Line, (int)map.Start.Column));
            case var other:
                throw YamlText.NotYaml(place, other.Start, "a value is wanted here");
        }
    }

    YamlNode Named(NodeEvent at, YamlNode node)
    {
        if (!at.Anchor.IsEmpty) _anchors[at.Anchor] = node;
        return node;
    }

    List<YamlNode> Items(int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
        return items;
    }

    List<KeyValuePair<YamlScalar, YamlNode>> Entries(int depth)
    {
        var own = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var merged = new List<KeyValuePair<YamlScalar, YamlNode>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var isMerge = parser.Current is Events.Scalar { Style: ScalarStyle.Plain, Value: "<<" };
            var at = parser.Current!.Start;
            if (Node(depth + 1) is not YamlScalar key) throw YamlText.NotYaml(place, at, "a list or a mapping cannot be a key");
            var value = Node(depth + 1);
            if (isMerge) merged.AddRange(Merged(value));
            else own.Add(new(key, value));
        }
        return Unique(merged, own);
    }

    /// <summary>What a merge key brings, the most important last.</summary>
    IEnumerable<KeyValuePair<YamlScalar, YamlNode>> Merged(YamlNode value) => value switch
    {
        YamlMap map => map.Entries,
        YamlList list when list.Items.All(i => i is YamlMap) => list.Items.Reverse().SelectMany(i => ((YamlMap)i).Entries),
        _ => throw new QuernException(new Fault("QN7102", "this is not YAML")
        {
            Where = YamlText.Place(place, value.Line, value.Column),
            Value = "a merge key (<<) takes a mapping, or a list of them",
            ExitCode = ExitCode.Usage,
        }),
    };

    static List<KeyValuePair<YamlScalar, YamlNode>> Unique(
        List<KeyValuePair<YamlScalar, YamlNode>> merged, List<KeyValuePair<YamlScalar, YamlNode>> own)
    {
        if (merged.Count == 0 && !HasTwins(own)) return own;
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>(merged.Count + own.Count);
        var places = new Dict();
        merged.AddRange(own);
        foreach (var entry in merged)
        {
            if (places.TryGetValue(entry.Key.Value(), out var at))
            {
                entries[(int)(long)at!] = new(entries[(int)(long)at].Key, entry.Value);
            }
            else
            {
                places[entry.Key.Value()] = (long)entries.Count;
                entries.Add(entry);
            }
        }
        return entries;
    }

    // Whether a key comes twice, or one is no text: 1 and 1.0 are the same key.
    static bool HasTwins(List<KeyValuePair<YamlScalar, YamlNode>> own)
    {
        for (var i = 0; i < own.Count; i++)
        {
            if (own[i].Key.Value() is not string key || i > MostCompared) return true;
            for (var j = 0; j < i; j++)
                if ((string)own[j].Key.Value()! == key) return true;
        }
        return false;
    }

    object? ValueOf(Events.Scalar scalar)
    {
        if (scalar.Tag.IsEmpty) return scalar.Style == ScalarStyle.Plain ? YamlScalars.Plain(scalar.Value) : scalar.Value;
        if (scalar.Tag.IsNonSpecific) return scalar.Value;
        var value = YamlScalars.Plain(scalar.Value);
        return scalar.Tag.Value switch
        {
            Tags + "str" => scalar.Value,
            Tags + "null" when value is null => null,
            Tags + "bool" when value is bool => value,
            Tags + "int" when Value.IsNumber(value) && value is not double => value,
            Tags + "float" when Value.IsNumber(value) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            Tags + "timestamp" when value is DateOnly or DateTime or DateTimeOffset => value,
            var tag => throw YamlText.NotYaml(
                place, scalar.Start, $"the value does not fit the tag {tag.Replace(Tags, "!!", StringComparison.Ordinal)}"),
        };
    }

    QuernException TooMuch(ParsingEvent at, string why) => new(new Fault("QN7170", why)
    {
        Where = YamlText.Place(place, at.Start.Line, at.Start.Column),
        ExitCode = ExitCode.Usage,
    });
}
