using System.Globalization;

namespace Quern.Csv.Inference;

/// <summary>Where witnesses are, as people say it: <c>orders.csv:48213</c>.</summary>
/// <remarks>A line is known once those above it are counted; what lies further back than <see cref="MostBytes"/> in a file that was
/// only sampled is given as a byte.</remarks>
sealed class LinePlaces
{
    /// <summary>Bytes of a file that are read to count its lines where it was only sampled: 256 MiB.</summary>
    public const long MostBytes = 1L << 28;

    readonly Dictionary<(int File, long Offset), long> _lines = [];
    readonly IReadOnlyList<FileStart> _files;

    /// <summary>Counts the lines.</summary>
    /// <param name="files">The files.</param>
    /// <param name="witnesses">All witnesses that will be asked for.</param>
    /// <param name="isAll">Every row was looked at.</param>
    public LinePlaces(IReadOnlyList<FileStart> files, IEnumerable<Witness> witnesses, bool isAll)
    {
        _files = files;
        foreach (var group in witnesses.Where(w => w.IsSeen).GroupBy(w => w.File))
        {
            var offsets = group.Select(w => w.Offset).Where(offset => isAll || offset <= MostBytes).Distinct().Order().ToList();
            Count(group.Key, offsets);
        }
    }

    /// <summary>Where a witness is; null when there is none.</summary>
    public string? Of(Witness witness)
    {
        if (!witness.IsSeen) return null;
        var name = _files[witness.File].File.Name;
        return _lines.TryGetValue((witness.File, witness.Offset), out var line)
            ? string.Create(CultureInfo.InvariantCulture, $"{name}:{line}")
            : string.Create(CultureInfo.InvariantCulture, $"{name} byte {witness.Offset}");
    }

    void Count(int file, List<long> offsets)
    {
        var start = _files[file];
        if (start.File.Once is not null)
        {
            // What is behind the head cannot be read again.
            foreach (var offset in offsets.Where(offset => offset - start.Offset <= start.Bytes.Length))
                _lines[(file, offset)] = 1 + LineCount.Ends(start.Bytes.AsSpan(0, (int)Math.Max(0, offset - start.Offset)));
            return;
        }
        using var lines = new LineCount(start.File);
        foreach (var offset in offsets) _lines[(file, offset)] = lines.At(offset);
    }
}
