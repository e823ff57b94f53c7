using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>
/// Replaces a folder with all in it as a whole: the new tree is staged in a sibling folder, made durable, and changes places with the old one in a
/// single step (<c>renameat2</c> with <c>RENAME_EXCHANGE</c>). After kill -9 or a power cut the folder is wholly the old or wholly the new.
/// </summary>
/// <remarks>
/// What stays as it was is hard-linked from the current folder (<see cref="Keep"/>), so a small change to a large folder costs little. A staged file
/// may therefore share its bytes with the current one: write only to paths from <see cref="NewFile"/> and <see cref="NewFolder"/>.
/// On a file system that cannot exchange, the old folder is renamed aside and the new one renamed in; a run killed between the two is mended by the
/// next <see cref="Create(string)"/> or <see cref="Recover"/>. A reader that opens files one by one across a commit can meet both trees.
/// </remarks>
public sealed class AtomicFolder : IDisposable
{
    readonly string _path;
    readonly string _real;
    readonly bool _canExchange;
    readonly FileStat? _current;
    bool _keeps;
    bool _done;

    AtomicFolder(string path, string real, bool canExchange)
    {
        _path = path;
        _real = real;
        _canExchange = canExchange;
        _current = FileStat.TryRead(real);
        StagePath = TempName.Beside(real);
        Directory.CreateDirectory(StagePath);
    }

    /// <summary>The staged tree; it becomes the folder at <see cref="Commit"/>.</summary>
    public string StagePath { get; }

    /// <summary>True when there is a folder to be replaced.</summary>
    public bool Replaces => _current is not null;

    /// <summary>Finds out, before any work, whether a folder can be put at a path. Leaves nothing behind.</summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <exception cref="QuernException">As <see cref="AtomicFile.Check"/>.</exception>
    public static void Check(string path) => OutputTarget.Check(path, OutputTarget.Real(path), FileKind.Folder);

    /// <summary>Begins to replace a folder, which need not exist, with an empty one; a link is followed. Leftovers of killed runs for it go.</summary>
    /// <param name="path">Absolute path of the output; its parent must exist.</param>
    /// <exception cref="QuernException">As <see cref="Check"/>.</exception>
    public static AtomicFolder Create(string path) => Create(path, canExchange: true);

    /// <summary>Mends a folder whose replacement was killed halfway on a file system that cannot exchange; does nothing otherwise. For readers.</summary>
    /// <param name="path">Absolute path of the folder.</param>
    public static void Recover(string path)
    {
        var real = OutputTarget.Real(path);
        if (FileStat.TryRead(real) is null && Directory.Exists(Path.GetDirectoryName(real))) Restore(real, Leftovers.Stale(real));
    }

    /// <summary>Takes over a file, or a folder with all below it, from the current folder; nothing there is nothing to keep.</summary>
    /// <param name="relative">Path inside the folder; <c>""</c> takes over everything.</param>
    /// <exception cref="QuernException">QN8006 disk full, QN8009 the system refused; QN2005 neither file, folder nor link.</exception>
    public void Keep(string relative)
    {
        var from = Inside(_real, relative);
        if (FileStat.TryRead(from, follow: false) is not { } stat) return;
        _keeps = true;
        var to = Inside(StagePath, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Linking.Take(from, stat, to, _path);
    }

    /// <summary>A path to write a new file to: its folder exists, and a kept file of that name is gone from the stage.</summary>
    /// <param name="relative">Path inside the folder.</param>
    public string NewFile(string relative)
    {
        var path = Inside(StagePath, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Remove(relative);
        return path;
    }

    /// <summary>An empty folder to write to; what was kept of that name is gone from the stage.</summary>
    /// <param name="relative">Path inside the folder.</param>
    public string NewFolder(string relative)
    {
        Remove(relative);
        return Directory.CreateDirectory(Inside(StagePath, relative)).FullName;
    }

    /// <summary>Leaves a kept file or folder out of the new tree.</summary>
    /// <param name="relative">Path inside the folder.</param>
    public void Remove(string relative)
    {
        var path = Inside(StagePath, relative);
        if (path.Length == StagePath.Length) throw new ArgumentException("names the whole folder", nameof(relative));
        if (FileStat.TryRead(path, follow: false) is not { } stat) return;
        if (stat.Kind == FileKind.Folder) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }

    /// <summary>
    /// Puts the new tree in place: brings every new file and every folder to the disk, gives the folder permissions and owner of the one it replaces,
    /// exchanges the two, and removes the old one.
    /// </summary>
    /// <exception cref="QuernException">QN8006 disk full; QN8007 the stage is gone; QN8008 something was kept, and another run has replaced the
    /// folder since; QN8009 the system refused. The folder is as it was.</exception>
    /// <exception cref="InvalidOperationException">Called twice or after disposal.</exception>
    public void Commit()
    {
        if (_done) throw new InvalidOperationException("this output is committed or disposed already");
        if (FileStat.TryRead(StagePath) is null) throw OutputFaults.NothingWritten(_path, StagePath);
        SyncTree(StagePath);
        if (_current is { } replaced) OutputTarget.Inherit(replaced, StagePath);
        if (_keeps && FileStat.TryRead(_real)?.Identity != _current?.Identity) throw OutputFaults.ChangedMeanwhile(_path);
        PutInPlace();
        _done = true;
        OutputTarget.Sync(Path.GetDirectoryName(_real)!, _path);
        Leftovers.Remove(StagePath);
        Leftovers.Remove(TempName.Aside(StagePath));
    }

    /// <summary>Without a commit: removes the stage.</summary>
    public void Dispose()
    {
        if (_done) return;
        _done = true;
        Leftovers.Remove(StagePath);
    }

    internal static AtomicFolder Create(string path, bool canExchange)
    {
        var real = OutputTarget.Real(path);
        Recover(path);
        OutputTarget.Check(path, real, FileKind.Folder);
        foreach (var (stale, _) in Leftovers.Stale(real)) Leftovers.Remove(stale);
        return new(path, real, canExchange);
    }

    /// <summary>The youngest folder set aside is the one that was current; the staged tree beside it was never confirmed to anyone.</summary>
    static void Restore(string real, IReadOnlyList<(string Path, bool Aside)> stale)
    {
        var aside = stale.Where(s => s.Aside).Select(s => s.Path).MaxBy(p => FileStat.TryRead(p)?.Changed);
        if (aside is not null && Libc.RenameAt(Libc.CurrentFolder, aside, Libc.CurrentFolder, real, Libc.RenameNoReplace) != 0) Libc.Rename(aside, real);
    }

    /// <summary>Another run may put its folder in place between a look and a rename; each step fails then, and the loop looks again.</summary>
    void PutInPlace()
    {
        for (var attempt = 0; ; attempt++)
        {
            var errno = FileStat.TryRead(_real) is null ? Try(Libc.Rename(StagePath, _real)) : Exchange();
            if (errno == 0) return;
            if (attempt == 10 || errno is not (Libc.NoEntry or Libc.NotEmpty or Libc.Exists)) throw OutputFaults.Failed(errno, _path, "put the new folder in place");
        }
    }

    int Exchange()
    {
        var errno = _canExchange ? Try(Libc.RenameAt(Libc.CurrentFolder, StagePath, Libc.CurrentFolder, _real, Libc.RenameExchange)) : Libc.Invalid;
        if (errno is not (Libc.Invalid or Libc.NoSystemCall or Libc.NotSupported)) return errno;
        var aside = TempName.Aside(StagePath);
        Leftovers.Remove(aside);
        errno = Try(Libc.Rename(_real, aside));
        if (errno != 0) return errno;
        errno = Try(Libc.Rename(StagePath, _real));
        if (errno is not (0 or Libc.NotEmpty or Libc.Exists)) Libc.Rename(aside, _real);
        return errno;
    }

    static int Try(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Files first, then the folder that names them. A file with a second name is a kept one, and was brought to the disk when it was new.</summary>
    void SyncTree(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            if (FileStat.TryRead(path, follow: false) is not { } stat) continue;
            if (stat.Kind == FileKind.Folder) SyncTree(path);
            else if (stat is { Kind: FileKind.Regular, Links: 1 }) OutputTarget.Sync(path, _path);
        }
        OutputTarget.Sync(folder, _path);
    }

    static string Inside(string folder, string relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        var path = Path.GetFullPath(relative, folder).TrimEnd('/');
        return path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/')
            ? path
            : throw new ArgumentException("leads out of the folder", nameof(relative));
    }
}
