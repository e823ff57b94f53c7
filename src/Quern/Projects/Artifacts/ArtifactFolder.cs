namespace Quern.Projects.Artifacts;

/// <summary>The folder of artifacts, <c>target</c>.</summary>
static class ArtifactFolder
{
    /// <summary>Makes it unless it is there.</summary>
    /// <exception cref="QuernException">QN7316, exit code 2: it cannot be made; a file is in its place, or nobody may write there.</exception>
    public static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QuernException(
                new Fault("QN7316", "the folder of artifacts cannot be made")
                {
                    Where = path,
                    Value = File.Exists(path) ? "a file of this name is there" : e.Message,
                    Try = ["--target-path FOLDER in which you may write"],
                    ExitCode = ExitCode.Usage,
                },
                e);
        }
    }
}
