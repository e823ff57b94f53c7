using System.Text.Json;
using Quern.Models.Results;
using Quern.Projects;

namespace Quern.Models.Artifacts;

/// <summary>Stand-in.</summary>
public static class RunResultsFile
{
    /// <summary>Writes.</summary>
    public static void Write(LoadedProject project, RunResults results)
    {
        Directory.CreateDirectory(project.TargetFolder);
        var all = results.Results.Select(r => new { unique_id = r.Node.Id, status = r.Status.ToString().ToLowerInvariant(), failures = r.Failures, message = r.Message, compiled_code = r.CompiledSql });
        File.WriteAllText(Path.Combine(project.TargetFolder, "run_results.json"), JsonSerializer.Serialize(new { results = all }));
    }
}
