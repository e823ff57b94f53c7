using Quern.Files;
using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Projects.Selection;

/// <summary>A project's selectors.yml: selections with names.</summary>
public sealed class SelectorFile
{
    readonly List<NamedSelector> _selectors;
    readonly Func<object?, string, object?> _render;
    readonly string _place;

    SelectorFile(List<NamedSelector> selectors, string place, Func<object?, string, object?> render)
    {
        (_selectors, _place, _render) = (selectors, place, render);
        Default = selectors.Find(s => s.IsDefault)?.Name;
        Definitions = selectors.ToDictionary(s => s.Name, s => s.Definition.Value(), StringComparer.Ordinal);
    }

    /// <summary>A file without selectors.</summary>
    public static SelectorFile Empty { get; } = new([], "selectors.yml", (value, _) => value);

    /// <summary>Name of the selector that stands in for a missing request; null when none does.</summary>
    public string? Default { get; }

    /// <summary>Definitions by name as they stand, for the manifest.</summary>
    public IReadOnlyDictionary<string, object?> Definitions { get; }

    /// <summary>Reads the selectors.yml of a folder; empty when there is none. Templates in it stay as they are.</summary>
    /// <exception cref="QuernException">As <see cref="Parse"/>; QN7102 or QN7103: it is no mapping.</exception>
    public static SelectorFile Find(string folder)
    {
        var path = Path.Combine(folder, "selectors.yml");
        return File.Exists(path) ? Parse(TextFile.Read(path, "selectors.yml"), "selectors.yml") : Empty;
    }

    /// <summary>Reads a text and checks all selectors in it.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="place">What errors call it.</param>
    /// <param name="render">Renders templates in values, given value and place; null to leave them.</param>
    /// <exception cref="QuernException">QN7156 or one of the codes of criteria.</exception>
    public static SelectorFile Parse(string text, string place, Func<object?, string, object?>? render = null)
    {
        if (YamlText.ParseMap(text, place) is not { } root) return Empty;
        if (root["selectors"] is not YamlList list) throw Bad(place, root["selectors"] ?? root, "a list selectors:");
        var selectors = list.Items.Select(item => Named(item, place)).ToList();
        if (selectors.Where(s => s.IsDefault).Skip(1).FirstOrDefault() is { } second)
            throw Bad(place, second.Definition, "one selector with default: true", second.Name);
        if (selectors.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Bad(place, twice.Last().Definition, "each name once", twice.Key);
        var file = new SelectorFile(selectors, place, render ?? ((value, _) => value));
        foreach (var selector in file._selectors) file.Find(selector.Name, IndirectSelection.Eager);
        return file;
    }

    /// <summary>The selection of a name.</summary>
    /// <param name="name">The selector.</param>
    /// <param name="indirect">When tests join, where a criterion does not say it.</param>
    /// <exception cref="QuernException">QN7155: there is none of this name.</exception>
    internal Selection Find(string name, IndirectSelection indirect)
    {
        var index = _selectors.FindIndex(s => s.Name == name);
        if (index < 0) throw SelectionFaults.NoSelector(name, [.. _selectors.Select(s => s.Name)]);
        var root = _selectors[index].Definition;
        if (root is YamlMap { Entries.Count: > 1 } map && (map["union"] ?? map["intersection"]) is not null)
            throw Bad(_place, map, "union: or intersection: alone at the root of a definition");
        return Read(root, index, indirect);
    }

    static NamedSelector Named(YamlNode item, string place)
    {
        if (item is not YamlMap map || map.Text("name") is not { Length: > 0 } name)
            throw Bad(place, item, "name: and definition: of each selector");
        if (map["definition"] is not { } definition) throw Bad(place, map, "a definition:", name);
        if (definition is YamlList) throw Bad(place, definition, "a text or a mapping: union:, intersection:, METHOD: VALUE", name);
        return new NamedSelector(name, map["default"]?.Value() is true, definition);
    }

    // A selector may use those that stand before it.
    Selection Read(YamlNode node, int own, IndirectSelection indirect)
    {
        if (node is YamlMap map)
        {
            if (map["union"] is { } union) return Combined(Combining.Union, union, own, indirect);
            if (map["intersection"] is { } intersection) return Combined(Combining.Intersection, intersection, own, indirect);
            return Entry(map, own, indirect);
        }
        return Rendered(node) is string text ? Placed(node, () => Criterion.Parse(text, indirect)) : throw Bad(_place, node, "a text or a mapping");
    }

    Combination Combined(Combining how, YamlNode node, int own, IndirectSelection indirect)
    {
        var included = new List<Selection>();
        var excluded = default(Selection);
        foreach (var item in Items(node))
        {
            if (item is YamlMap { Entries.Count: 1 } map && map["exclude"] is { } exclude)
            {
                if (excluded is not null) throw Bad(_place, item, "one exclude: among the parts of a union or intersection");
                excluded = new Combination(Combining.Union, [.. Items(exclude).Select(e => Read(e, own, indirect))]);
            }
            else
            {
                included.Add(Read(item, own, indirect));
            }
        }
        var whole = new Combination(how, included);
        return excluded is null ? whole : new Combination(Combining.Difference, [whole, excluded]);
    }

    Selection Entry(YamlMap map, int own, IndirectSelection indirect)
    {
        if (map.Entries.Count == 1)
        {
            var (key, value) = map.Entries[0];
            return Single(map, key.Text, Rendered(value), indirect);
        }
        if (map.Text("method") is not { } method || map["value"] is not { } wanted)
            throw Bad(_place, map, "METHOD: VALUE, or method: and value:");
        if (method == "selector")
        {
            var name = wanted.Value() as string ?? "";
            var index = _selectors.FindIndex(0, own, s => s.Name == name);
            return index < 0 ? throw Bad(_place, wanted, "the name of a selector above", name)
                : Read(_selectors[index].Definition, index, indirect);
        }
        CheckKeys(map);
        var joining = map.Text("indirect_selection") is { } mode
            ? IndirectSelections.Parse(mode, Place(_place, map["indirect_selection"]!))
            : indirect;
        var criterion = Single(map, method, Rendered(wanted), joining);
        if (map["exclude"] is not { } exclude) return criterion;
        return new Combination(Combining.Difference,
            [criterion, new Combination(Combining.Union, [.. Items(exclude).Select(e => Read(e, own, indirect))])]);
    }

    // Of a criterion that has no place of its own, the file is the place.
    Criterion Placed(YamlNode node, Func<Criterion> make)
    {
        try
        {
            return make();
        }
        catch (QuernException e) when (e.Fault.Where is null)
        {
            throw new QuernException(e.Fault with { Where = Place(_place, node) }, e);
        }
    }

    Criterion Single(YamlMap map, string method, object? value, IndirectSelection indirect) => Placed(map, () =>
    {
        var raw = $"{method}:{PythonText.Of(value)}";
        var (name, arguments) = Criterion.MethodOf(method, raw);
        return new Criterion(raw, name, arguments, value, indirect)
        {
            Parents = Flag(map, "parents"),
            ParentsDepth = Depth(map, "parents_depth"),
            Children = Flag(map, "children"),
            ChildrenDepth = Depth(map, "children_depth"),
            ChildrensParents = Flag(map, "childrens_parents"),
        }.Checked();
    });

    static bool Flag(YamlMap map, string key) => Value.IsTrue(map[key]?.Value());

    int? Depth(YamlMap map, string key) => map[key] switch
    {
        null => null,
        var node when node.Value() is long steps and >= 0 and <= int.MaxValue => steps == 0 ? null : (int)steps,
        var node => throw Bad(_place, node, $"{key}: a whole number"),
    };

    void CheckKeys(YamlMap map)
    {
        string[] known =
        [
            "method", "value", "parents", "parents_depth", "children", "children_depth", "childrens_parents", "indirect_selection", "exclude",
        ];
        if (map.Entries.FirstOrDefault(e => !known.Contains(e.Key.Text)).Key is { } key)
            throw Bad(_place, key, string.Join(", ", known), key.Text);
    }

    IReadOnlyList<YamlNode> Items(YamlNode node) => node is YamlList list ? list.Items : throw Bad(_place, node, "a list");

    object? Rendered(YamlNode node) => _render(node.Value(), Place(_place, node));

    static string Place(string file, YamlNode node) => YamlText.Place(file, node.Line, node.Column);

    static QuernException Bad(string file, YamlNode node, string wanted, string? value = null) =>
        SelectionFaults.BadSelectors(Place(file, node), wanted, value);

    sealed record NamedSelector(string Name, bool IsDefault, YamlNode Definition);
}
