using Quern.Jinja;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary><c>ref</c> and <c>source</c>: while parsing they note the call, while running they give the relation.</summary>
static class References
{
    public static object? Ref(Arguments arguments)
    {
        var scope = NodeScope.Of(arguments);
        var call = CallOf(arguments);
        if (scope.IsParsing)
        {
            scope.Capture?.Add(call);
            return scope.Node is { } self ? scope.Templates.RelationOf(self) : new Relation(null, null, call.Name);
        }
        var target = scope.Templates.Links.Find(call, scope.Package) ?? throw Missing(call, scope);
        CheckKnown(scope, target.Id, target.Name, $"ref('{call.Name}')");
        if (target.IsEphemeral && !scope.Ephemeral.Contains(target)) scope.Ephemeral.Add(target);
        return Limited(scope, scope.Templates.Deferred?.Of(target, scope) ?? scope.Templates.RelationOf(target), target);
    }

    public static object? Source(Arguments arguments)
    {
        var scope = NodeScope.Of(arguments);
        if (arguments.Positional.Count + arguments.Named.Count != 2)
        {
            throw new QuernException(new Fault("QN7120", "source() takes two names: that of the source and that of the table")
            {
                Try = ["source('files', 'rates')"],
            });
        }
        var bound = arguments.Bind("source", 2, "source_name", "table_name");
        var call = new SourceCall(bound.Text(0), bound.Text(1));
        if (scope.IsParsing)
        {
            scope.Capture?.Add(call);
            return scope.Node is { } self ? scope.Templates.RelationOf(self) : new Relation(null, call.Source, call.Table);
        }
        var table = scope.Templates.Links.Find(call, scope.Package) ?? throw new QuernException(
            new Fault("QN7121", "the source that is referred to does not exist")
            {
                Value = $"{call.Source}.{call.Table}",
                Try = scope.Templates.Links.NearestSource(call) is { } near ? [$"did you mean {near}?"] : [],
            });
        CheckKnown(scope, table.Id, $"{call.Source}.{call.Table}", $"source('{call.Source}', '{call.Table}')");
        return Limited(scope, scope.Templates.RelationOf(table), table);
    }

    static RefCall CallOf(Arguments arguments)
    {
        object? version = null;
        foreach (var (name, value) in arguments.Named)
        {
            if (name is "version" or "v") version = value;
            else throw Wrong($"ref() has no parameter '{name}'");
        }
        return arguments.Positional switch
        {
            [string name] => new RefCall(null, name, version),
            [string package, string name] => new RefCall(package, name, version),
            [var name] when version is null && name is not null && name is not string =>
                throw Wrong($"ref() needs a name, not {Jinja.Values.Value.TypeName(name)}"),
            _ => throw Wrong($"ref() takes a name, or a package and a name, not {arguments.Positional.Count} values"),
        };
    }

    // The event time of a sample, and of the part of a model that is built, narrows inputs that say which column has it.
    static Relation Limited(NodeScope scope, Relation relation, Resource input)
    {
        if (relation.Kind == RelationKind.Cte) return relation;
        var (sample, part) = (scope.Templates.Invocation.Sample, scope.Batch?.Window);
        var window = sample is not null && part is not null ? part.Within(sample) : part ?? sample;
        if (window is not null && scope.Node is { Kind: ResourceKind.Model or ResourceKind.Snapshot }
            && input.Config.Text("event_time") is { Length: > 0 } column)
        {
            relation = relation.Spanning(window.On(column));
        }
        return scope.Templates.Invocation.Empty ? relation.WithoutRows() : relation;
    }

    // A graph that lacks an edge would run nodes in the wrong order. Hooks and macros run by name have no edges.
    static void CheckKnown(NodeScope scope, string id, string name, string call)
    {
        if (scope.Node is not { } node || node.Kind == ResourceKind.Operation || node.Id == id || node.DependsOn.Contains(id)) return;
        throw new QuernException(new Fault("QN7122",
            $"parsing did not see that {node.Name} reads {name}: the call stands where only running gets to")
        {
            Try = [$"add this line to the top of {node.File}:", $"-- depends_on: {{{{ {call} }}}}"],
        });
    }

    static QuernException Wrong(string what) => new(
        new Fault("QN7123", what) { Try = ["ref('model'), ref('package', 'model'), ref('model', v=2)"] });

    static QuernException Missing(RefCall call, NodeScope scope) => new(
        new Fault("QN7110", "the model that is referred to does not exist")
        {
            Value = (call.Package is null ? "" : call.Package + ".") + call.Name + (call.Version is null ? "" : $" v{call.Version}"),
            Try = scope.Templates.Links.Nearest(call) is { } near ? [$"did you mean {near}?"] : [],
        });
}
