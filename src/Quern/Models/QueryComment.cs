using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>The comment with each statement, which says what it is for: JSON, or what <c>query-comment</c> of dbt_project.yml says.</summary>
static class QueryComment
{
    const string Key = "query-comment";

    /// <summary>Gives a connection the comment of a node.</summary>
    /// <exception cref="QuernException">The template of the project's comment failed.</exception>
    public static void Set(WarehouseSession session, LoadedProject project, Resource resource)
    {
        var raw = project.Set.Root.Raw;
        var asked = raw[Key];
        session.CommentsBehind = asked is Dict { } form && form["append"] is true;
        if (asked is Dict map) asked = map.ContainsKey("comment") ? map["comment"] : JsonOf(project.Set.Target, resource);
        else if (!raw.ContainsKey(Key)) asked = JsonOf(project.Set.Target, resource);
        session.Comment = asked is null ? null : Comment(Rendered(PythonText.Of(asked), session, project, resource));
    }

    static string Rendered(string text, WarehouseSession session, LoadedProject project, Resource resource)
    {
        var node = resource as Node;
        var names = new Dictionary<string, object?>
        {
            ["node"] = node is null ? null : NodeValues.Of(node, project.Templates),
            ["connection_name"] = resource.Id,
        };
        return project.Templates.Render(text, $"dbt_project.yml, {Key}", node, session, names);
    }

    // One line, so that places in errors hold; a name may have what ends a comment.
    static string? Comment(string text)
    {
        var line = string.Join(' ', text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length == 0 ? null : $"/* {line.Replace("*/", "*\\/", StringComparison.Ordinal)} */";
    }

    static string JsonOf(Target target, Resource resource)
    {
        var what = new Dict
        {
            ["app"] = "quern",
            ["profile_name"] = target.ProfileName,
            ["target_name"] = target.Name,
            ["node_id"] = resource.Id,
        };
        return JsonText.Write(what, sortKeys: false);
    }
}
