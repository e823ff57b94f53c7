using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace Quern.Fuzz;

/// <summary>The input being tried, in a file mapped into memory: it is still there after the process died of it.</summary>
sealed class RunningInput : IDisposable
{
    const int MostBytes = 4 << 20;
    const string Ending = ".running";

    readonly string _path;
    readonly MemoryMappedFile _file;
    readonly MemoryMappedViewAccessor _view;

    /// <summary>Begins a run of a target.</summary>
    /// <param name="folder">Folder of findings.</param>
    /// <param name="name">The target, as a name of a file.</param>
    public RunningInput(string folder, string name)
    {
        _path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{Environment.ProcessId}{Ending}"));
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, null, MostBytes);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Inputs of which processes died, taken out of the folder.</summary>
    public static IEnumerable<(string Name, byte[] Input)> OfTheDead(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var dash = name.LastIndexOf('-');
            if (Directory.Exists($"/proc/{name[(dash + 1)..]}")) continue;
            var bytes = File.ReadAllBytes(path);
            File.Delete(path);
            var length = BitConverter.ToInt32(bytes);
            if (length >= 0) yield return (name[..dash], bytes.AsSpan(sizeof(int), length).ToArray());
        }
    }

    /// <summary>Sets the input.</summary>
    public void Begin(byte[] input)
    {
        var length = Math.Min(input.Length, MostBytes - sizeof(int));
        _view.WriteArray(sizeof(int), input, 0, length);
        _view.Write(0, length);
    }

    /// <summary>It ended.</summary>
    public void End() => _view.Write(0, -1);

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
