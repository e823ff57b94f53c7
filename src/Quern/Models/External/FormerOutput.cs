using Quern.Files;
using Quern.Models.Materializations;

namespace Quern.Models.External;

/// <summary>Files of a model as they were before it ran: kept under a second name beside themselves until its transaction has ended.</summary>
static class FormerOutput
{
    /// <summary>Keeps the file at a path; when there is none, a new one goes again when the transaction fails.</summary>
    /// <param name="build">The model, whose transaction is open.</param>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="QuernException">QN80xx: it cannot be kept; nothing has changed.</exception>
    public static void KeepFile(Build build, string path)
    {
        if (FileStat.TryRead(path) is null)
        {
            build.Session.AtEnd(() => { }, () => TakeBack(build, path, () => File.Delete(path)));
            return;
        }
        var former = AtomicFile.Create(path);
        try
        {
            former.TakeOver();
        }
        catch
        {
            former.Dispose();
            throw;
        }
        build.Session.AtEnd(former.Dispose, () => TakeBack(build, path, () => former.Commit()));
    }

    /// <summary>Keeps the folder at a path with all in it.</summary>
    /// <param name="build">The model, whose transaction is open.</param>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="QuernException">QN80xx: it cannot be kept; nothing has changed.</exception>
    public static void KeepFolder(Build build, string path)
    {
        if (FileStat.TryRead(path) is null)
        {
            build.Session.AtEnd(() => { }, () => TakeBack(build, path, () => Directory.Delete(path, recursive: true)));
            return;
        }
        var former = AtomicFolder.Backup(path);
        build.Session.AtEnd(former.Dispose, () => TakeBack(build, path, former.Commit));
    }

    static void TakeBack(Build build, string path, Action restore)
    {
        try
        {
            restore();
        }
        catch (Exception e) when (e is QuernException or IOException or UnauthorizedAccessException)
        {
            build.Warn("QN7216", $"{path} has new content though its model failed, and cannot be put back: {e.Message}");
        }
    }
}
