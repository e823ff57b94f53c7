using Quern.Converting.Sources;
using Quern.Files;

namespace Quern.Converting.Trees;

/// <summary>Where the rows of a tree go that cannot be read: a file for each CSV in a folder, or one file for all.</summary>
/// <remarks>Each conversion writes a file of its own. In a folder it stays when it holds a row, beside those of other files; else its
/// rows go to the end of the one file, which is put in place when the tree is done.</remarks>
sealed class TreeRejects : IDisposable
{
    const string Ending = ".rejects.csv";

    readonly string _path;
    readonly string _name;
    readonly AtomicFile? _all;
    readonly FileStream? _stream;
    bool _hasHeader;

    TreeRejects(string path, string name, bool isFolder)
    {
        (_path, _name) = (path, name);
        if (isFolder)
        {
            Directory.CreateDirectory(path);
            return;
        }
        _all = AtomicFile.Create(path, name);
        _stream = new(_all.TempPath, FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>The place that a request names; null when it names none.</summary>
    /// <param name="request">The request; a name with a slash at its end, or of a folder that is there, is a folder.</param>
    /// <param name="from">Absolute path of the CSV files.</param>
    /// <exception cref="QuernException">QN1109, exit code 2: the rows would lie among the CSV files; QN8001 to QN8004 it cannot be
    /// written.</exception>
    public static TreeRejects? Of(TreeRequest request, string from)
    {
        SourceFinder.CheckRejects(request.Each);
        if (request.Each.Rejects is not { } name) return null;
        var path = Path.GetFullPath(name, request.Each.BaseDirectory);
        if ($"{path.TrimEnd('/')}/".StartsWith($"{from}/", StringComparison.Ordinal))
        {
            throw new QuernException(new Fault("QN1109", "rows that are set aside would lie among the inputs of the next run")
            {
                Where = "--rejects",
                Value = name,
                Wanted = $"a place outside of {request.Folder}",
                Try = ["--rejects bad.csv"],
                ExitCode = ExitCode.Usage,
            });
        }
        return new(path.TrimEnd('/'), name.TrimEnd('/'), name.EndsWith('/') || Directory.Exists(path));
    }

    /// <summary>Where the conversion of a file puts its rows, and how messages name that.</summary>
    /// <param name="file">Path of the CSV file below its folder.</param>
    public (string Path, string Name) For(string file)
    {
        if (_all is not null) return (_all.TempPath + Ending, _name);
        var path = Path.Combine(_path, file + Ending);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return (path, Path.Combine(_name, file + Ending));
    }

    /// <summary>A conversion has ended, well or not.</summary>
    /// <param name="file">Path of the CSV file below its folder.</param>
    /// <param name="rows">Rows that were set aside; with none, nothing stays.</param>
    public void Take(string file, bool rows)
    {
        var path = For(file).Path;
        if (!File.Exists(path)) return;
        if (_stream is not null) Append(path);
        if (_stream is not null || !rows) File.Delete(path);
    }

    /// <summary>Puts the one file in place.</summary>
    public void Complete()
    {
        if (_stream is null) return;
        _stream.Dispose();
        _all!.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _all?.Dispose();
    }

    void Append(string path)
    {
        using var part = File.OpenRead(path);
        // The header has no quotes.
        if (_hasHeader)
        {
            while (part.ReadByte() is not (-1 or '\n'))
            {
            }
        }
        part.CopyTo(_stream!);
        _hasHeader = true;
    }
}
