using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quern.Files;

/// <summary>
/// Replaces a folder with all in it as a whole: the new tree is staged in a sibling folder, made durable, and changes
/// places with the old one in a single step (<c>renameat2</c> with <c>RENAME_EXCHANGE</c>). After kill -9 or a power
/// cut the folder is wholly the old or wholly the new.
/// </summary>
/// <remarks>
/// What stays as it was is hard-linked from the current folder (<see cref="Keep"/>), so a small change to a large
/// folder costs little. A staged file may therefore share its bytes with the current one: write only to paths from
/// <see cref="NewFile"/>. On a file system that cannot exchange, the old folder is renamed
/// aside and the new one renamed in; a run killed between the two is mended by the next
/// <see cref="Create(string, string?)"/> or <see cref="Recover"/>. A reader that opens files one by one across a commit
/// can meet both trees.
/// </remarks>
sealed class AtomicFolder : IDisposable
{
    /// <summary>
    /// How often a commit looks again when another run's folder comes or goes between its look and its rename.
    /// </summary>
    const int Attempts = 10;

    readonly OutputTarget _target;
    readonly bool _canExchange;
    readonly FileStat? _current;

    // Held open, so that the kernel can say whether the folder still lies where it was found.
    readonly SafeFileHandle? _handle;
    bool _keeps;
    bool _done;

    AtomicFolder(OutputTarget target, bool canExchange)
    {
        _target = target;
        _canExchange = canExchange;
        _current = FileStat.TryRead(target.Real);
        if (_current is not null) _handle = Libc.Open(target.Real, Libc.OpenPathCloseOnExec);
        StagePath = TempName.Beside(target.Real);
        Directory.CreateDirectory(StagePath);
    }

    /// <summary>The staged tree; it becomes the folder at <see cref="Commit"/>.</summary>
    public string StagePath { get; }

    /// <summary>Takes over all of a folder, so that a later <see cref="Commit"/> brings it back whatever has replaced it.</summary>
    /// <param name="path">Absolute path of a folder that exists.</param>
    /// <exception cref="QuernException">As <see cref="Check"/> and <see cref="Keep"/>.</exception>
    internal static AtomicFolder Backup(string path)
    {
        var folder = Create(path);
        try
        {
            folder.Keep("");
        }
        catch
        {
            folder.Dispose();
            throw;
        }
        folder._keeps = false;
        return folder;
    }

    /// <summary>Finds out, before any work, whether a folder can be put at a path. Leaves nothing behind.</summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">As <see cref="AtomicFile.Check"/>.</exception>
    public static void Check(string path, string? name = null) => OutputTarget.Of(path, name).Check(FileKind.Folder);

    /// <summary>
    /// Begins to replace a folder, which need not exist, with an empty one; a link is followed. Leftovers of killed
    /// runs for it go.
    /// </summary>
    /// <param name="path">Absolute path of the output; its parent must exist.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">As <see cref="Check"/>.</exception>
    public static AtomicFolder Create(string path, string? name = null) => Create(path, name, canExchange: true);

    /// <summary>
    /// Mends a folder whose replacement was killed halfway on a file system that cannot exchange; does nothing
    /// otherwise. For readers.
    /// </summary>
    /// <param name="path">Absolute path of the folder.</param>
    public static void Recover(string path)
    {
        var target = OutputTarget.Of(path, null);
        if (FileStat.TryRead(target.Real) is not null || !Directory.Exists(target.Folder)) return;
        // The youngest folder set aside is the one that was current; the tree staged beside it was never confirmed to
        // anyone.
        var asides = Leftovers.Stale(target).Where(s => s.Aside).Select(s => s.Path);
        if (asides.MaxBy(p => FileStat.TryRead(p)?.Changed) is { } current) Rename(current, target.Real);
    }

    /// <summary>
    /// Takes over a file, or a folder with all below it, from the current folder; nothing there is nothing to keep.
    /// </summary>
    /// <param name="relative">Path inside the folder; <c>""</c> takes over everything.</param>
    /// <exception cref="QuernException">QN8006 disk full, QN8009 the system refused; QN2005 neither file, folder nor
    /// link.</exception>
    public void Keep(string relative)
    {
        var from = Inside(_target.Real, relative);
        if (FileStat.TryRead(from, follow: false) is not { } stat) return;
        _keeps = true;
        var to = Inside(StagePath, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Linking.Take(from, stat, to, _target);
    }

    /// <summary>
    /// A path to write a new file to: its folder exists, and a kept file of that name is gone from the stage.
    /// </summary>
    /// <param name="relative">Path inside the folder.</param>
    public string NewFile(string relative)
    {
        var path = Inside(StagePath, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Remove(relative);
        return path;
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
    /// Puts the new tree in place: brings every new file and every folder to the disk, gives the folder permissions and
    /// owner of the one it replaces, exchanges the two, and removes the old one.
    /// </summary>
    /// <exception cref="QuernException">QN8004 the file system cannot rename the folder; QN8006 disk full; QN8007 the
    /// stage is gone; QN8008 something was kept, and another run has replaced the folder since; QN8009 the system
    /// refused. The folder is as it was.</exception>
    /// <exception cref="InvalidOperationException">Called twice or after disposal.</exception>
    public void Commit()
    {
        if (_done) throw new InvalidOperationException("this output is committed or disposed already");
        if (FileStat.TryRead(StagePath) is null) throw OutputFaults.NothingWritten(_target, StagePath);
        SyncTree(StagePath);
        if (_current is { } replaced) Linking.Inherit(replaced, StagePath);
        if (_keeps && !IsStillCurrent()) throw OutputFaults.ChangedMeanwhile(_target);
        PutInPlace();
        _done = true;
        _target.Sync(_target.Folder);
        Leftovers.Remove(StagePath);
        Leftovers.Remove(TempName.Aside(StagePath));
        _handle?.Dispose();
    }

    /// <summary>Without a commit: removes the stage.</summary>
    public void Dispose()
    {
        if (_done) return;
        _done = true;
        Leftovers.Remove(StagePath);
        _handle?.Dispose();
    }

    internal static AtomicFolder Create(string path, string? name, bool canExchange)
    {
        Recover(path);
        var target = OutputTarget.Of(path, name);
        target.Check(FileKind.Folder);
        foreach (var (stale, _) in Leftovers.Stale(target)) Leftovers.Remove(stale);
        return new(target, canExchange);
    }

    /// <summary>
    /// The kernel keeps the path of an open folder up to date. (Device and inode would not do: an overlay changes them
    /// when a file is linked.)
    /// </summary>
    bool IsStillCurrent()
    {
        if (_handle is null or { IsInvalid: true }) return FileStat.TryRead(_target.Real) is null;
        var now = new FileInfo($"/proc/self/fd/{_handle.DangerousGetHandle()}").LinkTarget;
        return now is null || now == Libc.RealPath(_target.Real, 0);
    }

    void PutInPlace()
    {
        for (var attempt = 1; ; attempt++)
        {
            var errno = FileStat.TryRead(_target.Real) is null ? Rename(StagePath, _target.Real) : Exchange();
            if (errno == 0) return;
            if (attempt == Attempts || errno is not (Libc.NoEntry or Libc.NotEmpty or Libc.Exists))
                throw OutputFaults.Failed(errno, _target, "put the new folder in place");
        }
    }

    /// <summary>Exchanges stage and target, or does the same in two steps; returns 0 or why not.</summary>
    int Exchange()
    {
        var errno = _canExchange ? Rename(StagePath, _target.Real, Libc.RenameExchange) : Libc.Invalid;
        if (errno is not (Libc.Invalid or Libc.NoSystemCall or Libc.NotSupported)) return errno;
        var aside = TempName.Aside(StagePath);
        Leftovers.Remove(aside);
        errno = Rename(_target.Real, aside);
        if (errno != 0) return errno;
        errno = Rename(StagePath, _target.Real);
        if (errno is not (0 or Libc.NotEmpty or Libc.Exists)) Rename(aside, _target.Real);
        return errno;
    }

    static int Rename(string from, string to, uint flags = 0)
    {
        var result = flags == 0
            ? Libc.Rename(from, to)
            : Libc.RenameAt(Libc.CurrentFolder, from, Libc.CurrentFolder, to, flags);
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>
    /// Files first, then the folder that names them. A file with a second name is a kept one, and was brought to the
    /// disk when it was new.
    /// </summary>
    void SyncTree(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            if (FileStat.TryRead(path, follow: false) is not { } stat) continue;
            if (stat.Kind == FileKind.Folder) SyncTree(path);
            else if (stat is { Kind: FileKind.Regular, Links: 1 }) _target.Sync(path);
        }
        _target.Sync(folder);
    }

    static string Inside(string folder, string relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        var path = Path.GetFullPath(relative, folder).TrimEnd('/');
        var isInside = path.StartsWith(folder, StringComparison.Ordinal)
            && (path.Length == folder.Length || path[folder.Length] == '/');
        return isInside ? path : throw new ArgumentException("leads out of the folder", nameof(relative));
    }
}
