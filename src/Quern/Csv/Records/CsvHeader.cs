using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Quern.Csv.Inference;
using Quern.Files;

namespace Quern.Csv.Records;

/// <summary>The first two records of a CSV file whose dialect is known, RFC 4180: what its columns are called, letter by letter, and what
/// a row looks like.</summary>
/// <param name="Columns">Names of the columns; empty for a file without a byte, or with blank lines only.</param>
/// <param name="FirstRow">Cells of the first row, as many as it has; null when the file holds a header only.</param>
sealed record CsvHeader(IReadOnlyList<string> Columns, IReadOnlyList<string>? FirstRow)
{
    /// <summary>The most bytes that the header, or the first row, may have: 1 MiB. Longer means that the file is not CSV or a quote is
    /// never closed.</summary>
    public const int LimitBytes = 1 << 20;

    const int BufferBytes = 1 << 16;

    /// <summary>Physical line on which the header begins, from 1: more when blank lines stand above it.</summary>
    public long Line { get; private init; } = 1;

    /// <summary>Reads the beginning of a file; the rest is not touched, so a gzip file may still turn out to be cut short.</summary>
    /// <param name="path">A CSV file, compressed when its name says so.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">QN2001, QN2004, QN2009 cannot be opened; QN2010, QN2011, QN2012 broken gzip; QN2013 not UTF-8
    /// text; QN2014 record too long; QN2015 a quote is never closed.</exception>
    public static CsvHeader Read(string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        name ??= path;
        using var head = new Head(path, name);
        var columns = head.Next("header");
        var line = columns is null ? 1 : head.Line;
        return new(columns ?? [], columns is null ? null : head.Next("first record")) { Line = line };
    }

    /// <summary>The bytes that were read so far, and the record among them.</summary>
    sealed class Head(string path, string name) : IDisposable
    {
        readonly Stream _content = FileBytes.OpenContent(path, name);
        readonly RecordSplitter _splitter = new(new CsvDialect());
        byte[] _bytes = new byte[BufferBytes];
        int _at = -1;
        int _filled;
        bool _isAll;

        public long Line => 1 + LineCount.Ends(_bytes.AsSpan(0, _splitter.Start));

        public string[]? Next(string what)
        {
            if (_at < 0)
            {
                Fill();
                _at = _bytes.AsSpan(0, _filled).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            }
            while (!Found() && !_isAll && !IsTooLong)
            {
                if (_filled == _bytes.Length) Array.Resize(ref _bytes, 2 * _bytes.Length);
                Fill();
            }
            if (!HasRecord) return null;
            var isTooLong = IsTooLong;
            var cells = new string[_splitter.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                Check(i, isTooLong);
                cells[i] = Encoding.UTF8.GetString(_splitter.Text(i));
            }
            if (isTooLong)
            {
                throw Wrong("QN2014", Invariant($"the {what} is longer than {LimitBytes:N0} bytes"),
                    "close a quote that was left open", "is this CSV?");
            }
            if (_splitter.IsOpen) throw Wrong("QN2015", $"a quote in the {what} is never closed", "close it, or double a quote that is data");
            _at = _splitter.Next;
            return cells;
        }

        public void Dispose() => _content.Dispose();

        // What the splitter holds from before is not the next record.
        bool HasRecord => _splitter.Count > 0 && _splitter.Start >= _at;

        bool IsTooLong => HasRecord && _splitter.Next - _splitter.Start > LimitBytes;

        bool Found()
        {
            _splitter.Begin(_bytes, _at, _filled, _isAll);
            return _splitter.Read();
        }

        void Fill()
        {
            try
            {
                var wanted = _bytes.Length - _filled;
                var count = _content.ReadAtLeast(_bytes.AsSpan(_filled), wanted, throwOnEndOfStream: false);
                _filled += count;
                _isAll = count < wanted;
            }
            catch (IOException e)
            {
                throw InputFaults.FromException(e, path, _ => name);
            }
        }

        /// <summary>Text has no NUL, and is UTF-8; a cell that was cut at the limit may end inside a character.</summary>
        void Check(int cell, bool isCut)
        {
            var text = _splitter.Text(cell);
            var (what, tries) = text switch
            {
                [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => ("the file is UTF-16", $"iconv -f UTF-16 -t UTF-8 {name}"),
                [0x1F, 0x8B, ..] => ("the file is gzip, but its name does not end in .gz", $"name it {name}.gz"),
                _ when text.Contains((byte)0) => ("the file is not text", "is this CSV?"),
                _ => default((string?, string)),
            };
            if (what is not null) throw Wrong("QN2013", what, tries);
            if (isCut || Utf8.IsValid(text)) return;
            var bad = text;
            while (Rune.DecodeFromUtf8(bad, out _, out var length) == System.Buffers.OperationStatus.Done) bad = bad[length..];
            throw new QuernException(new Fault("QN2013", "the file is not UTF-8")
            {
                Where = Invariant($"{Place()}, column {cell + 1}"),
                Value = $"\"{Encoding.UTF8.GetString(text)}\", byte 0x{bad[0]:X2}",
                Try = [$"iconv -f WINDOWS-1252 -t UTF-8 {name}   if it comes from a Windows program"],
            });
        }

        string Place() => Invariant($"{name} line {Line:N0} (byte {_splitter.Start:N0})");

        QuernException Wrong(string code, string what, params string[] tries) => new(new Fault(code, what) { Where = Place(), Try = tries });

        static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
