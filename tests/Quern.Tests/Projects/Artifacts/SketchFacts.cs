using Quern.Projects;
using Quern.Projects.Artifacts;

namespace Quern.Tests.Projects.Artifacts;

/// <summary>The facts around a manifest made by hand.</summary>
static class SketchFacts
{
    public static ManifestFacts Of(Manifest manifest) => new()
    {
        Manifest = manifest,
        Invocation = Asked,
        ProjectName = "shop",
        RelationOf = node => $"\"{node.Database}\".\"{node.Schema}\".\"{node.Alias}\"",
    };

    public static Invocation Asked { get; } = new()
    {
        ProjectFolder = "/project",
        WorkingDirectory = "/project",
        Which = "build",
        Environment = _ => null,
        StartedAt = new DateTimeOffset(2024, 3, 1, 6, 0, 0, 123, TimeSpan.Zero),
        Id = new Guid("e3531b20-c442-4cbf-99cc-ba17377c7f3d"),
        Time = new Clock(),
    };

    sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 3, 1, 6, 0, 1, TimeSpan.Zero);
    }
}
