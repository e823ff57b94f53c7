using Quern.Projects.Nodes;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Links what is read to what reads it, and checks that the graph is one.</summary>
/// <param name="manifest">Everything that was read.</param>
/// <param name="root">Name of the root project.</param>
/// <param name="warn">Takes warnings.</param>
sealed class Linker(Manifest manifest, string root, Action<string, string> warn)
{
    readonly NameIndex _index = new(manifest, root);
    readonly HashSet<string> _lost = new(StringComparer.Ordinal);

    /// <summary>Links nodes, then exposures, then unit tests.</summary>
    /// <param name="exposures">The calls of each exposure by its id.</param>
    /// <exception cref="QuernException">QN7110, QN7121: something is referred to that does not exist. QN7189: it is disabled. QN7111:
    /// models read each other in a circle.</exception>
    public void Link(IReadOnlyDictionary<string, (List<RefCall> Refs, List<SourceCall> Sources)> exposures)
    {
        foreach (var node in manifest.Nodes.Values) Link(node, node.Refs, node.Sources);
        foreach (var exposure in manifest.Exposures.Values) Link(exposure, exposures[exposure.Id].Refs, exposures[exposure.Id].Sources);
        foreach (var test in manifest.UnitTests.Values) Link(test, [new RefCall(null, test.Model, null)], []);
        foreach (var id in _lost)
        {
            var resource = manifest.Find(id)!;
            resource.Config["enabled"] = false;
            manifest.Nodes.Remove(id);
            manifest.UnitTests.Remove(id);
            manifest.Disabled[id] = resource;
        }
        CheckCircles();
    }

    void Link(Resource resource, IEnumerable<RefCall> refs, IEnumerable<SourceCall> sources)
    {
        var attached = (resource as Node)?.Test?.AttachedTo;
        if (attached is not null) Add(resource, manifest.Find(attached), null);
        foreach (var call in refs)
        {
            if (attached is not null && call.Package is null && manifest.Find(attached) is Node own && own.Name == call.Name && own.Kind != ResourceKind.Source && IsOwn(own, call)) continue;
            Add(resource, _index.Find(call, resource.Package), () => Missing(resource, call));
        }
        foreach (var call in sources) Add(resource, _index.Find(call, resource.Package), () => Missing(resource, call));
    }

    static bool IsOwn(Node own, RefCall call) => own.Version is null || call.Version is null || Texts.Of(own.Version) == Texts.Of(call.Version);

    void Add(Resource resource, Resource? found, Func<Fault>? missing)
    {
        if (found is { Config.Enabled: true } && manifest.Find(found.Id) is not null)
        {
            if (!resource.DependsOn.Contains(found.Id)) resource.DependsOn.Add(found.Id);
            return;
        }
        var fault = found is null ? missing?.Invoke() : Disabled(resource, found);
        if (fault is null) return;
        // A test of something that is not there is dropped; anything else cannot be run, so nothing is.
        if (resource.Kind is not (ResourceKind.Test or ResourceKind.UnitTest)) throw new QuernException(fault);
        if (found is null) warn(fault.Code, $"{fault.Where}: {fault.What}: {fault.Value}; the test {resource.Name} is left out");
        _lost.Add(resource.Id);
    }

    static string Place(Resource resource) => $"{resource.Id} ({resource.File})";

    Fault Missing(Resource resource, RefCall call) => new("QN7110", "the model that is referred to does not exist")
    {
        Where = Place(resource),
        Value = $"\"{(call.Package is null ? "" : call.Package + ".")}{call.Name}{(call.Version is null ? "" : $" v{Texts.Of(call.Version)}")}\"",
        Try = _index.Nearest(call) is { } near && near != call.Name ? [$"ref('{near}')"] : [],
        ExitCode = ExitCode.Usage,
    };

    Fault Missing(Resource resource, SourceCall call) => new("QN7121", "the source that is referred to does not exist")
    {
        Where = Place(resource),
        Value = $"\"{call.Source}.{call.Table}\"",
        Try = _index.Nearest(call) is { } near ? [$"source('{near.Replace(".", "', '", StringComparison.Ordinal)}')"] : [],
        ExitCode = ExitCode.Usage,
    };

    static Fault Disabled(Resource resource, Resource found) => new("QN7189", "what is referred to is disabled")
    {
        Where = Place(resource),
        Value = found.Id,
        Try = ["enable it, or disable what refers to it, too"],
        ExitCode = ExitCode.Usage,
    };

    // Depth first without recursion: a chain of models may be longer than the stack is deep.
    void CheckCircles()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in manifest.Nodes.Values)
        {
            if (done.Contains(start.Id)) continue;
            var path = new List<(Resource Resource, int Next)> { (start, 0) };
            var open = new HashSet<string>(StringComparer.Ordinal) { start.Id };
            while (path.Count > 0)
            {
                var (resource, next) = path[^1];
                if (next == resource.DependsOn.Count)
                {
                    path.RemoveAt(path.Count - 1);
                    open.Remove(resource.Id);
                    done.Add(resource.Id);
                    continue;
                }
                path[^1] = (resource, next + 1);
                var parent = resource.DependsOn[next];
                if (open.Contains(parent)) throw Circle([.. path.Select(p => p.Resource).SkipWhile(r => r.Id != parent)]);
                if (done.Contains(parent) || manifest.Find(parent) is not { } found) continue;
                path.Add((found, 0));
                open.Add(parent);
            }
        }
    }

    static QuernException Circle(List<Resource> members) => new(new Fault("QN7111", "models read each other in a circle")
    {
        Where = string.Join(", ", members.Select(m => m.File)),
        Value = string.Join(" -> ", members.Append(members[0]).Select(m => m.Id)),
        ExitCode = ExitCode.Usage,
    });
}
