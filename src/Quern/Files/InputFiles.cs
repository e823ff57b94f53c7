namespace Quern.Files;

/// <summary>
/// Turns what a user names as input into files. An input is a file, a folder (all files in it and below it), or a glob:
/// <c>*</c>, <c>?</c>, <c>[ab]</c>, <c>[!ab]</c>, <c>{a,b}</c>, <c>**</c> for any number of folders, <c>\</c> before a
/// character that is meant as it is. A path that exists is taken as it is, also when it has such characters in its
/// name.
/// </summary>
static class InputFiles
{
    /// <summary>
    /// The files of all inputs, each once however often it is named, in ordinal order of their paths. Links are
    /// followed, to files and to folders; of several names of one file the first in order is kept. Folders and globs
    /// pass over names that begin with a dot (unless the glob has the dot) and over outputs that are being made.
    /// </summary>
    /// <param name="baseDirectory">Absolute path that relative inputs start from: the caller's directory.</param>
    /// <param name="inputs">Files, folders and globs.</param>
    /// <param name="folderEndings">Endings of the names to take from folders, such as <c>.csv</c> and <c>.csv.gz</c>;
    /// null takes every file. Files and globs are not held to them.</param>
    /// <param name="cancel">Ends a long walk.</param>
    /// <exception cref="QuernException">QN2001 nothing there; QN2002 and QN2003 glob or folder without files; QN2004
    /// permission; QN2005 not a file; QN2006 broken link; QN2007 bad glob; QN2008 and QN2009 other
    /// obstacles.</exception>
    public static IReadOnlyList<InputFile> Find(
        string baseDirectory,
        IEnumerable<string> inputs,
        IReadOnlyList<string>? folderEndings = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (!Path.IsPathFullyQualified(baseDirectory))
            throw new ArgumentException("an absolute path is needed", nameof(baseDirectory));
        var folder = baseDirectory.Length > 1 ? baseDirectory.TrimEnd('/') : baseDirectory;
        var search = new Search(folder, folderEndings, cancel);
        foreach (var input in inputs) search.Add(input);
        return search.Describe();
    }

    sealed class Search(string baseDirectory, IReadOnlyList<string>? folderEndings, CancellationToken cancel)
    {
        readonly Dictionary<string, string> _pathByRealPath = new(StringComparer.Ordinal);
        static readonly GlobSegment[] Everything = [GlobSegment.Parse("**")];

        internal void Add(string input)
        {
            if (input.Length == 0) throw InputFaults.Empty();
            var path = Path.GetFullPath(input, baseDirectory);
            if (path.Length > 1) path = path.TrimEnd('/');
            if (FileStat.TryRead(path, out var errno) is { } stat)
            {
                if (AddExisting(path, stat) == 0) throw InputFaults.NoFileInFolder(path, folderEndings, Display);
            }
            else if (GlobPattern.IsGlob(input))
            {
                AddGlob(input);
            }
            else
            {
                throw InputFaults.FromErrno(errno, path, Display);
            }
        }

        internal List<InputFile> Describe()
        {
            var files = new List<InputFile>(_pathByRealPath.Count);
            var folder = default(string);
            var partitions = default(IReadOnlyDictionary<string, string?>);
            foreach (var (real, path) in _pathByRealPath.OrderBy(p => p.Value, StringComparer.Ordinal))
            {
                cancel.ThrowIfCancellationRequested();
                var stat = FileStat.TryRead(real, out var errno) ?? throw InputFaults.FromErrno(errno, path, Display);
                if (stat.Kind != FileKind.Regular) throw InputFaults.NotAFile(path, Display);
                if (Libc.AccessAt(Libc.CurrentFolder, real, Libc.ReadAccess, Libc.EffectiveAccess) != 0)
                    throw InputFaults.NotReadable(path, Display);
                var ofFile = path.AsSpan(0, path.LastIndexOf('/'));
                if (folder is null || !ofFile.SequenceEqual(folder))
                {
                    folder = ofFile.ToString();
                    partitions = HivePartitions.OfFolder(folder);
                }
                files.Add(new(path, Display(path), real, stat.SizeBytes, stat.Modified, partitions!));
            }
            return files;
        }

        /// <summary>Adds a file, or the files of a folder; returns how many were found.</summary>
        int AddExisting(string path, FileStat stat)
        {
            if (stat.Kind == FileKind.Other) throw InputFaults.NotAFile(path, Display);
            if (stat.Kind == FileKind.Regular) return Found(path, InputWalk.RealPath(path, Display));
            var count = 0;
            InputWalk.Run(path, Everything, AddFile, Display, cancel);
            return count;

            void AddFile(string file, string realFile) => count += IsWanted(file) ? Found(file, realFile) : 0;
        }

        bool IsWanted(string path) =>
            folderEndings is null || folderEndings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

        void AddGlob(string input)
        {
            var count = 0;
            var folders = 0;
            var root = "";
            foreach (var pattern in Parse(input))
            {
                root = Path.GetFullPath(pattern.Root, baseDirectory);
                // An alternative without wildcards ("{2024,2025}") is a path like any other.
                if (pattern.Segments is [{ IsLiteral: true } only])
                {
                    var path = Path.Combine(root, only.Literal);
                    if (FileStat.TryRead(path) is { } stat) count += AddExisting(path, stat);
                }
                else if (FileStat.TryRead(root) is { Kind: FileKind.Folder })
                {
                    var walk = InputWalk.Run(root, pattern.Segments, AddFile, Display, cancel);
                    folders += walk.FoldersMatched;
                }
            }
            if (count == 0) throw InputFaults.NothingMatches(input, root, folders, Display);

            void AddFile(string file, string real) => count += Found(file, real);
        }

        static IReadOnlyList<GlobPattern> Parse(string input)
        {
            try
            {
                return GlobPattern.Parse(input);
            }
            catch (FormatException e)
            {
                throw InputFaults.BadGlob(input, e.Message);
            }
        }

        int Found(string path, string real)
        {
            if (!_pathByRealPath.TryGetValue(real, out var known) || string.CompareOrdinal(path, known) < 0)
                _pathByRealPath[real] = path;
            return 1;
        }

        string Display(string path)
        {
            var prefix = baseDirectory.Length > 1 ? baseDirectory.Length + 1 : 1;
            var isUnder = path.Length > prefix
                && path[prefix - 1] == '/'
                && path.StartsWith(baseDirectory, StringComparison.Ordinal);
            return isUnder ? path[prefix..] : path;
        }
    }
}
