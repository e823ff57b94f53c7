using Quern.Files;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Answers what a request selects of a project (specification section 2.4). Made once a manifest; safe to share between
/// threads.</summary>
/// <remarks>Sets are kept as bits over the graph's numbers. Each part of a selection gives two sets: what it selects, and the tests that
/// are held back because a parent of theirs is missing; the combination around it may bring that parent.</remarks>
public sealed class NodeSelector
{
    readonly Manifest _manifest;
    readonly ProjectGraph _graph;
    readonly string _rootPackage;
    readonly string? _projectFolder;
    readonly SelectorFile _selectors;
    readonly Func<IReadOnlyList<MacroText>> _macros = () => [];

    /// <summary>Selects from a manifest.</summary>
    /// <param name="manifest">What there is.</param>
    /// <param name="rootPackage">Name of the project that runs.</param>
    /// <param name="projectFolder">Its folder, absolute; null when there is none.</param>
    /// <param name="selectors">Its selectors.yml; null when it has none.</param>
    public NodeSelector(Manifest manifest, string rootPackage, string? projectFolder = null, SelectorFile? selectors = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        (_manifest, _rootPackage, _projectFolder, _selectors) = (manifest, rootPackage, projectFolder, selectors ?? SelectorFile.Empty);
        _graph = new ProjectGraph(manifest);
    }

    /// <summary>Selects from a loaded project, with its selectors.yml.</summary>
    /// <exception cref="QuernException">QN7102, QN7103 or QN7150 to QN7156: selectors.yml is not right.</exception>
    public NodeSelector(LoadedProject project)
        : this(Checked(project).Manifest, project.Set.Root.Name, project.Set.Root.Folder, Selectors(project)) =>
        _macros = () => ArtifactFacts.Macros(project.Set, project.Templates);

    /// <summary>The selectors.yml of a project; empty when there is none.</summary>
    /// <exception cref="QuernException">QN7102, QN7103 or QN7150 to QN7156.</exception>
    public static SelectorFile Selectors(LoadedProject project)
    {
        var path = Path.Combine(Checked(project).Set.Root.Folder, "selectors.yml");
        if (!File.Exists(path)) return SelectorFile.Empty;
        return SelectorFile.Parse(TextFile.Read(path, "selectors.yml"), "selectors.yml", (value, place) => project.Templates.RenderValue(value, place));
    }

    /// <summary>What a request selects for a verb.</summary>
    /// <param name="request">The options.</param>
    /// <param name="verb">The verb by dbt's name; see <see cref="VerbKinds"/>.</param>
    /// <exception cref="QuernException">Exit code 2, QN7150 to QN7159: a criterion, selector or kind is not right, or an artifact it
    /// needs is not there.</exception>
    public SelectionResult Select(SelectionRequest request, string verb)
    {
        ArgumentNullException.ThrowIfNull(request);
        var kinds = VerbKinds.Of(verb, request);
        var standIn = request.Selector is null && !request.HasCriteria ? _selectors.Default : null;
        var selection = Parse(request, standIn);
        var warnings = new List<string>();
        var scene = new SelectionScene(_rootPackage, _projectFolder, State(request));
        var (direct, _) = Select(selection, scene, warnings);
        // A listing shows files without a query, too; nothing else can do anything with them.
        var isListing = verb is "list" or "ls";
        var resources = direct.Members.Select(m => _graph.Resources[m])
            .Where(r => kinds.Contains(r.Kind) && (isListing || !IsEmpty(r))).ToList();
        return new SelectionResult(resources, warnings, standIn);
    }

    static LoadedProject Checked(LoadedProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return project;
    }

    Selection Parse(SelectionRequest request, string? standIn)
    {
        if (request.Selector is not null && request.HasCriteria) throw SelectionFaults.BothWays();
        if ((request.Selector ?? standIn) is { } name) return _selectors.Find(name, request.Indirect);
        return new Combination(Combining.Difference,
        [
            Union(request.Select is { Count: > 0 } given ? given : ["fqn:*", "source:*"],
                request.Indirect, warn: request.Select is { Count: > 0 }),
            Union(request.Exclude ?? [], request.Indirect, warn: true),
        ]);
    }

    static Combination Union(IReadOnlyList<string> texts, IndirectSelection indirect, bool warn) =>
        new(Combining.Union, [.. texts.SelectMany(Words).Select(word => Intersection(word, indirect, warn))], indirect);

    static Combination Intersection(string word, IndirectSelection indirect, bool warn) =>
        new(Combining.Intersection, [.. word.Split(',').Select(part => Criterion.Parse(part, indirect))], indirect, warn ? word : null);

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    (NodeSet Direct, NodeSet Held) Select(Selection selection, SelectionScene scene, List<string> warnings)
    {
        if (selection is Criterion criterion) return Select(criterion, scene);
        var combination = (Combination)selection;
        var parts = combination.Parts.Select(p => Select(p, scene, warnings)).ToList();
        if (parts.Count == 0) return (_graph.None(), _graph.None());
        var direct = Combine(combination.How, parts.Select(p => p.Direct));
        var held = Combine(combination.How, parts.Select(p => p.Direct.With(p.Held)));
        direct = TakeIn(direct, held, combination.Indirect);
        if (combination.Raw is { } raw && direct.IsEmpty) warnings.Add($"The selection criterion '{raw}' does not match any enabled nodes");
        return (direct, held);
    }

    static NodeSet Combine(Combining how, IEnumerable<NodeSet> sets) => sets.Aggregate(how switch
    {
        Combining.Union => (a, b) => a.With(b),
        Combining.Intersection => (a, b) => a.Within(b),
        _ => (a, b) => a.Without(b),
    });

    (NodeSet Direct, NodeSet Held) Select(Criterion criterion, SelectionScene scene)
    {
        var fits = Methods.Of(criterion, scene);
        var found = _graph.None();
        for (var i = 0; i < _graph.Resources.Length; i++)
            if (fits(_graph.Resources[i])) found.Add(i);
        var selected = found;
        if (criterion.ChildrensParents)
        {
            var below = found.With(_graph.Descendants(found));
            selected = below.With(_graph.Ancestors(below));
        }
        if (criterion.Parents) selected = selected.With(_graph.Ancestors(found, criterion.ParentsDepth));
        if (criterion.Children) selected = selected.With(_graph.Descendants(found, criterion.ChildrenDepth));
        return Expand(selected, criterion.Indirect);
    }

    /// <summary>Adds the tests that join what is selected, and says which are held back.</summary>
    (NodeSet Direct, NodeSet Held) Expand(NodeSet selected, IndirectSelection indirect)
    {
        var (direct, held) = (selected.Copy(), _graph.None());
        if (indirect == IndirectSelection.Empty) return (direct, held);
        var near = indirect == IndirectSelection.Buildable ? Around(selected, withSources: true) : selected;
        foreach (var test in _graph.Descendants(selected, 1).Members.Where(IsTest))
            (indirect == IndirectSelection.Eager || _graph.ReadsOnly(test, near) ? direct : held).Add(test);
        return (direct, held);
    }

    /// <summary>Takes in tests that were held back and have all of their parents now.</summary>
    NodeSet TakeIn(NodeSet direct, NodeSet held, IndirectSelection indirect)
    {
        if (indirect is not (IndirectSelection.Cautious or IndirectSelection.Buildable) || direct.SameAs(held)) return direct;
        var near = indirect == IndirectSelection.Buildable ? Around(direct, withSources: false) : direct;
        var taken = direct.Copy();
        foreach (var test in held.Members.Where(m => _graph.Resources[m] is Node && _graph.ReadsOnly(m, near))) taken.Add(test);
        return taken;
    }

    NodeSet Around(NodeSet selected, bool withSources)
    {
        var around = selected.With(_graph.Ancestors(selected));
        if (withSources)
        {
            foreach (var source in _manifest.Sources.Keys) around.Add(_graph.Numbers[source]);
        }
        return around;
    }

    bool IsTest(int number) => _graph.Resources[number].Kind is ResourceKind.Test or ResourceKind.UnitTest;

    static bool IsEmpty(Resource resource) =>
        resource is Node { Test: null, Kind: not (ResourceKind.Seed or ResourceKind.Snapshot) } node
            && string.IsNullOrWhiteSpace(node.RawCode);

    StateComparison? State(SelectionRequest request) =>
        request.StateFolder is { } folder ? new StateComparison(folder, _macros()) : null;
}
