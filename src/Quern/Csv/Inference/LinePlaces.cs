using System.Globalization;
using Quern.Files;

namespace Quern.Csv.Inference;

/// <summary>Where witnesses are, as people say it: <c>orders.csv:48213</c>.</summary>
/// <remarks>A line is known once those above it are counted; what lies further back than <see cref="MostBytes"/> in a file that was
/// only sampled is given as a byte.</remarks>
sealed class LinePlaces
{
    /// <summary>Bytes of a file that are read to count its lines where it was only sampled: 256 MiB.</summary>
    public const long MostBytes = 1L << 28;

    const int BufferBytes = 1 << 16;

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
            if (offsets.Count > 0 && files[group.Key].Guess.Encoding == CsvEncoding.Utf8) Count(group.Key, offsets);
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
        using var content = _files[file].Bytes.Length > 0
            ? new MemoryStream(_files[file].Bytes)
            : FileBytes.OpenContent(_files[file].File.Path, _files[file].File.Name);
        var buffer = new byte[BufferBytes];
        var (line, at, next, afterReturn) = (1L, 0L, 0, false);
        while (next < offsets.Count)
        {
            if (offsets[next] == at)
            {
                _lines[(file, at)] = line;
                next++;
                continue;
            }
            var count = content.Read(buffer, 0, (int)Math.Min(buffer.Length, offsets[next] - at));
            if (count == 0) return;
            var bytes = buffer.AsSpan(0, count);
            if (!afterReturn && !bytes.Contains((byte)'\r'))
            {
                line += bytes.Count((byte)'\n');
            }
            else
            {
                foreach (var b in bytes)
                {
                    if (b == '\r' || (b == '\n' && !afterReturn)) line++;
                    afterReturn = b == '\r';
                }
            }
            at += count;
        }
    }
}
