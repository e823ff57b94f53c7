using System.CommandLine;
using System.Globalization;
using Quern.Bench.Terminal;

namespace Quern.Bench.Projects;

/// <summary><c>project</c>: writes a dbt project of many small models and tests, the same bytes each time.</summary>
static class ProjectVerb
{
    public static Command Create()
    {
        var models = new Option<int>("--models") { Description = "models, in three layers", DefaultValueFactory = _ => 1_000 };
        var tests = new Option<int>("--tests") { Description = "generic tests, up to ten a model", DefaultValueFactory = _ => 800 };
        var output = new Option<DirectoryInfo>("--out") { Description = "folder of the project", Required = true };
        var command = new Command("project", "Write a dbt project of many models and tests.") { models, tests, output };
        command.SetAction(parsed =>
        {
            var project = new LayeredProject(parsed.GetValue(models), parsed.GetValue(tests));
            project.Write(parsed.GetValue(output)!.FullName);
            Out.Line(string.Create(CultureInfo.InvariantCulture, $"{project.Models} models, {project.Tests} tests in {parsed.GetValue(output)!.FullName}"));
            return 0;
        });
        return command;
    }
}
