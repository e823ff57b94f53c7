using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>The names that all templates of a project see below its macros; made once a project.</summary>
static class ProjectFunctions
{
    public static Globals Make(ProjectTemplates templates)
    {
        var (project, invocation) = (templates.Project, templates.Invocation);
        var names = new Globals();
        BaseFunctions.AddTo(names, invocation);
        var builtins = new Function[] { new("ref", References.Ref), new("source", References.Source) };
        foreach (var function in builtins) names.Add(function);
        names["config"] = ConfigObject.Instance;
        names["builtins"] = new Dict { ["ref"] = builtins[0], ["source"] = builtins[1], ["config"] = ConfigObject.Instance };
        names.Add(Variables.MakeFunction(
            arguments => templates.Variables.For(NodeScope.Of(arguments).Package),
            (text, name, arguments) =>
                arguments.Rendering.Render(templates.ParseTemplate(text, $"var {name}", NodeScope.Of(arguments)))));
        names.Add(EnvironmentVariables.MakeFunction(invocation, maySeeSecrets: false));
        names["target"] = TargetValues.Of(project.Target);
        names["schema"] = project.Target.Schema;
        names["database"] = project.Target.Database;
        names["project_name"] = project.Root.Name;
        names["exceptions"] = Exceptions.Make();
        names["api"] = new MemberObject(
            "api", new Dictionary<string, object?> { ["Relation"] = RelationClass.Instance, ["Column"] = ColumnClass.Instance });
        names["return"] = ReturnFunction.Instance;
        names.Add(new Function("render", arguments =>
        {
            var text = PythonText.Of(arguments.Bind("render", 1, "string")[0]);
            return Template.HasMarks(text)
                ? arguments.Rendering.Render(templates.ParseTemplate(text, "render()", NodeScope.Of(arguments))) : text;
        }));
        foreach (var function in Statements.Functions) names.Add(function);
        foreach (var function in invocation.Functions) names.Add(function);
        return names;
    }
}
