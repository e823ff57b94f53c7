namespace Quern.Duck;

public sealed class SpillDirectory : IDisposable
{
    SpillDirectory(string path) => Path = path;
    public string Path { get; }
    public static SpillDirectory Create(string? root) => new(Directory.CreateTempSubdirectory("quern-").FullName);
    public void Dispose() => Directory.Delete(Path, true);
}
