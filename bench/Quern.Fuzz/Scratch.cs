namespace Quern.Fuzz;

/// <summary>A folder for the files of inputs, in memory where there is a file system in memory; removed afterwards.</summary>
sealed class Scratch : IDisposable
{
    const string InMemory = "/dev/shm";

    /// <summary>Absolute path.</summary>
    public string Folder { get; } = Directory.Exists(InMemory)
        ? Directory.CreateDirectory(Path.Combine(InMemory, $"quern-fuzz-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("quern-fuzz-").FullName;

    /// <summary>Writes a file, with its folders.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, content, 0);
        return path;
    }

    /// <summary>Removes it.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
