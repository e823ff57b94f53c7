using Quern.Duck;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>adapter</c>: what templates ask and tell the database. While parsing, questions have empty answers and nothing is
/// done.</summary>
static class AdapterFunctions
{
    public static AdapterObject Make(Dispatch dispatch)
    {
        var functions = new Dictionary<string, Function>(StringComparer.Ordinal);
        Add("dispatch", dispatch.Find);
        Add("type", _ => "duckdb");
        Add("quote", a => Sql.Name(a.Bind("quote", 1, "identifier").Text(0)));
        Add("quote_as_configured", QuoteAsConfigured);
        Add("quote_seed_column", a =>
        {
            var bound = a.Bind("quote_seed_column", 1, "column", "quote_config");
            return bound.Flag(1, true) ? Sql.Name(bound.Text(0)) : bound.Text(0);
        });
        Add("convert_type", ConvertType);
        Add("is_motherduck", _ => false);
        Add("is_ducklake", _ => false);
        Add("disable_transactions", _ => false);
        Add("get_binding_char", _ => "?");
        Add("external_root", a => NodeScope.Of(a).Templates.Project.Target.ExternalRoot);
        foreach (var question in AdapterQuestions.All) functions.Add(question.Name, question);
        foreach (var command in AdapterCommands.All) functions.Add(command.Name, command);
        return new AdapterObject(functions);

        void Add(string name, Func<Arguments, object?> body) => functions.Add(name, new Function(name, body));
    }

    static object? QuoteAsConfigured(Arguments arguments)
    {
        var bound = arguments.Bind("quote_as_configured", 2, "identifier", "quote_key");
        return NodeScope.Of(arguments).Templates.Project.Root.Quoting[bound.Text(1)] is false ? bound.Text(0) : Sql.Name(bound.Text(0));
    }

    static object? ConvertType(Arguments arguments)
    {
        var bound = arguments.Bind("convert_type", 2, "agate_table", "col_idx");
        return bound[0] is ResultTable table && ResultSequence.Position(bound[1], table.Types.Count) is { } at ? table.Types[at] : null;
    }

    /// <summary>The answer while parsing, or else what the question gives.</summary>
    internal static Function Asking(string name, Func<object?> parsing, Func<NodeScope, Arguments, object?> running) =>
        new(name, arguments =>
        {
            var scope = NodeScope.Of(arguments);
            return scope.IsParsing ? parsing() : running(scope, arguments);
        });

    /// <summary>A relation among arguments.</summary>
    internal static Relation RelationAt(BoundArguments bound, int index, string callee) => bound[index] as Relation
        ?? throw new QuernException(new Fault("QN7137", $"{callee} needs a relation, not {Value.TypeName(bound[index])}")
        {
            Try = ["pass what ref, source, this or api.Relation.create give, not its name"],
        });

    /// <summary>The parts of a relation by which the catalog knows it.</summary>
    internal static (string Database, string Schema, string Name) PartsOf(NodeScope scope, Relation relation) =>
    (
        relation.Database ?? scope.Templates.Project.Target.Database,
        relation.Schema ?? scope.Templates.Project.Target.Schema,
        relation.Identifier ?? "");
}
