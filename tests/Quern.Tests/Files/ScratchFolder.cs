using System.Diagnostics;
using System.IO.Compression;

namespace Quern.Tests.Files;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
public sealed class ScratchFolder : IDisposable
{
    public ScratchFolder() => Path = Directory.CreateTempSubdirectory("quern-files-").FullName;

    public string Path { get; }

    /// <summary>Absolute path of a name in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, with its folders.</summary>
    public string Write(string name, string content = "") => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content.ToArray());
        return this[name];
    }

    public string WriteGzip(string name, ReadOnlySpan<byte> content) => Write(name, Gzip(content));

    public string WriteGzip(string name, string content) => WriteGzip(name,
        System.Text.Encoding.UTF8.GetBytes(content));

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        // .NET writes no byte at all when there is no content; gzip writes this.
        if (content.IsEmpty) return Convert.FromHexString("1F8B080000000000000303000000000000000000");
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(content);
        return bytes.ToArray();
    }

    /// <summary>Names of all files and folders below, relative, folders with a slash, in ordinal order.</summary>
    public IReadOnlyList<string> Names(string under = "") => [.. Directory
        .EnumerateFileSystemEntries(this[under], "*", SearchOption.AllDirectories)
        .Select(p => System.IO.Path.GetRelativePath(this[under], p) + (Directory.Exists(p) ? "/" : ""))
        .Order(StringComparer.Ordinal)];

    /// <summary>Names of the files and folders right in this one, in ordinal order.</summary>
    public IReadOnlyList<string> TopNames() => [.. Directory
        .EnumerateFileSystemEntries(Path)
        .Select(p => System.IO.Path.GetFileName(p))
        .Order(StringComparer.Ordinal)];

    /// <summary>What a bash script prints that runs in the folder.</summary>
    public string Bash(string script, string input = "")
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write(input);
        bash.StandardInput.Close();
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return output;
    }

    /// <summary>The text of a fault with this folder's path as BASE.</summary>
    public string Text(Fault fault) => fault.ToString().Replace(Path, "BASE", StringComparison.Ordinal);

    /// <summary>The fault that <paramref name="act"/> ends with.</summary>
    public static Fault FaultOf(Action act) => Assert.Throws<QuernException>(act).Fault;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
