using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Models.Hooks;

/// <summary>SQL to run before or after a node.</summary>
/// <param name="Sql">The template.</param>
/// <param name="InTransaction">Whether it runs in the transaction of its node. Default in a project: true.</param>
sealed record Hook(string Sql, bool InTransaction)
{
    /// <summary>The hooks of a node: texts, or mappings of <c>sql</c> and <c>transaction</c> (specification section 3.10).</summary>
    /// <param name="node">The node.</param>
    /// <param name="key"><c>pre-hook</c> or <c>post-hook</c>; the spelling with an underscore is read too.</param>
    /// <exception cref="QuernException">QN7280: one of them is neither.</exception>
    public static IReadOnlyList<Hook> Of(Node node, string key)
    {
        var hooks = new List<Hook>();
        foreach (var name in new[] { key, key.Replace('-', '_') })
            if (node.Config[name] is { } written) Add(hooks, node, key, written);
        return hooks;
    }

    static void Add(List<Hook> hooks, Node node, string key, object written)
    {
        switch (written)
        {
            // What before_begin() and after_commit() give is such a mapping as text.
            case string text when JsonHook.Read(text) is { } hook:
                hooks.Add(hook);
                break;
            case string text:
                hooks.Add(new Hook(text, true));
                break;
            case Dict map when map["sql"] is string sql:
                hooks.Add(new Hook(sql, map["transaction"] is not false));
                break;
            case List<object?> list:
                foreach (var entry in list.OfType<object>()) Add(hooks, node, key, entry);
                break;
            case TupleValue list:
                foreach (var entry in list.OfType<object>()) Add(hooks, node, key, entry);
                break;
            default:
                throw new QuernException(new Fault("QN7280", $"this {key} is not known")
                {
                    Where = node.File,
                    Value = PythonText.Represent(written),
                    Wanted = "SQL, or a mapping of `sql` and `transaction`",
                });
        }
    }
}
