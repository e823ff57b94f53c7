using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Quern.Files;

namespace Quern.Csv.Rejects;

/// <summary>Keeps rejected rows on the disk until the run ends, then writes them as CSV in the order in which they stand in the
/// files, with their lines.</summary>
/// <remarks>A record is its head (file, place, line or 0, bytes of the rest: 28 bytes) and the cells from <c>column</c> on as CSV. For
/// one thread at a time.</remarks>
/// <param name="path">The file to write in the end; records lie beside it.</param>
/// <param name="name">How messages name it; default: the path.</param>
sealed class RejectSpool(string path, string? name) : IDisposable
{
    /// <summary>Rows that are sorted; more are written as they came, those of a file in about their order: a million.</summary>
    public const int MostSorted = 1 << 20;

    const int HeadBytes = 28;

    readonly string _path = Checked(path, name);
    readonly List<CsvFile> _files = [];
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly MemoryStream _record = new();
    FileStream? _stream;
    long _count;

    /// <summary>Appends a row.</summary>
    public void Add(CsvReject row, ReadOnlySpan<byte> raw)
    {
        if (!_numbers.TryGetValue(row.File.Path, out var number))
        {
            number = _numbers[row.File.Path] = _files.Count;
            _files.Add(row.File);
        }
        _record.SetLength(0);
        Cell(Encoding.UTF8.GetBytes(row.Column ?? ""));
        Cell(Encoding.UTF8.GetBytes(row.Code));
        Cell(Encoding.UTF8.GetBytes(row.Message));
        Cell(raw);
        _record.WriteByte((byte)'\n');
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, number);
        BinaryPrimitives.WriteInt64LittleEndian(head[4..], row.At);
        BinaryPrimitives.WriteInt64LittleEndian(head[12..], row.Line ?? 0);
        BinaryPrimitives.WriteInt64LittleEndian(head[20..], _record.Length);
        try
        {
            _stream ??= new(
                TempName.Beside(_path), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            _stream.Write(head);
            _stream.Write(_record.GetBuffer(), 0, (int)_record.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFaults.Unwritable(e, _path, name);
        }
        _count++;
    }

    /// <summary>Forgets the rows, because the read begins again.</summary>
    public void Clear()
    {
        _stream?.SetLength(0);
        _count = 0;
    }

    /// <summary>Writes the file.</summary>
    public void Complete()
    {
        try
        {
            AtomicFile.Write(_path, Write, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFaults.Unwritable(e, _path, name);
        }
    }

    /// <summary>Forgets the rows.</summary>
    public void Dispose()
    {
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // On a full disk what is still in memory cannot be written; nobody will read it.
        }
    }

    static string Checked(string path, string? name)
    {
        AtomicFile.Check(path, name);
        return path;
    }

    /// <summary>A cell in quotes, behind a comma.</summary>
    void Cell(ReadOnlySpan<byte> text)
    {
        _record.WriteByte((byte)',');
        if (text.IsEmpty) return;
        _record.WriteByte((byte)'"');
        while (text.IndexOf((byte)'"') is >= 0 and var at)
        {
            _record.Write(text[..(at + 1)]);
            _record.WriteByte((byte)'"');
            text = text[(at + 1)..];
        }
        _record.Write(text);
        _record.WriteByte((byte)'"');
    }

    void Write(Stream output)
    {
        output.Write("source,line,byte,column,code,message,raw\n"u8);
        if (_stream is null) return;
        _stream.Flush();
        using var lines = new Lines();
        var buffer = new byte[1 << 16];
        foreach (var head in _count <= MostSorted ? Sorted() : Heads())
        {
            var file = _files[head.File];
            var line = head.Line > 0 ? head.Line : head.At < 0 ? 0 : _count <= MostSorted ? lines.At(file, head.At) : 0;
            var quoted = file.Name.Replace("\"", "\"\"", StringComparison.Ordinal);
            output.Write(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"\"{quoted}\",{(line > 0 ? line : "")},{(head.At >= 0 ? head.At : "")}")));
            _stream.Position = head.Record;
            for (var left = head.Bytes; left > 0;)
            {
                var count = _stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
                output.Write(buffer, 0, count);
                left -= count;
            }
        }
    }

    List<Head> Sorted() => [.. Heads().OrderBy(h => _files[h.File].Path, StringComparer.Ordinal).ThenBy(h => h.At).ThenBy(h => h.Record)];

    IEnumerable<Head> Heads()
    {
        var bytes = new byte[HeadBytes];
        for (long at = 0, i = 0; i < _count; i++)
        {
            _stream!.Position = at;
            _stream.ReadExactly(bytes);
            var head = new Head(
                BinaryPrimitives.ReadInt32LittleEndian(bytes),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(4)),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(12)),
                at + HeadBytes,
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(20)));
            yield return head;
            at = head.Record + head.Bytes;
        }
    }

    readonly record struct Head(int File, long At, long Line, long Record, long Bytes);

    /// <summary>Counts lines, of each file from its beginning on, with rows in their order.</summary>
    sealed class Lines : IDisposable
    {
        CsvFile? _file;
        LineCount? _count;

        public long At(CsvFile file, long at)
        {
            if (!ReferenceEquals(_file, file))
            {
                _count?.Dispose();
                (_file, _count) = (file, new LineCount(file));
            }
            return _count!.At(at);
        }

        public void Dispose() => _count?.Dispose();
    }
}
