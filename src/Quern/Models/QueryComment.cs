using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Models;

/// <summary>The comment before each statement, which says what it is for.</summary>
static class QueryComment
{
    /// <summary>One line: a comment with JSON.</summary>
    public static string Of(Target target, Resource resource)
    {
        var what = new Dict
        {
            ["app"] = "quern",
            ["profile_name"] = target.ProfileName,
            ["target_name"] = target.Name,
            ["node_id"] = resource.Id,
        };

        // A name may hold what ends a comment.
        return $"/* {JsonText.Write(what, sortKeys: false).Replace("*/", "*\\/", StringComparison.Ordinal)} */";
    }
}
