using System.Text;
using Quern.Files;

namespace Quern.Models.Seeds;

/// <summary>Reads the records of a seed: small CSV files, whole, to find their columns and types. Loading them is DuckDB's.</summary>
/// <remarks>Quotes as in RFC 4180. A line with nothing on it is no record unless <see cref="KeepsBlankLines"/> says so.</remarks>
sealed class SeedReader : IDisposable
{
    readonly TextReader _reader;
    readonly char _delimiter;
    readonly StringBuilder _field = new();
    long _line = 1;
    bool _wasQuoted;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens a file of UTF-8; a byte order mark is skipped. What is not UTF-8 throws a <see cref="DecoderFallbackException"/>.</summary>
    /// <exception cref="QuernException">QN20xx: the file cannot be opened.</exception>
    public SeedReader(string path, char delimiter, string name)
        : this(new StreamReader(FileBytes.OpenRegular(path, name), Strict, detectEncodingFromByteOrderMarks: false), delimiter)
    {
        if (_reader.Peek() == '\uFEFF') _reader.Read();
    }

    /// <summary>Reads from elsewhere, which is disposed with this.</summary>
    public SeedReader(TextReader reader, char delimiter) => (_reader, _delimiter) = (reader, delimiter);

    /// <summary>Whether the last record ended with the text, inside of quotes.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The line the last record began on, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether a line with nothing on it is a record: of a single column it is a missing value, to DuckDB too. Default: no.</summary>
    public bool KeepsBlankLines { get; set; }

    /// <summary>The next record; null after the last one.</summary>
    public List<string>? Next()
    {
        while (_reader.Peek() >= 0)
        {
            Line = _line;
            var record = Record();
            if (KeepsBlankLines || record.Count > 1 || record[0].Length > 0 || _wasQuoted) return record;
        }
        return null;
    }

    List<string> Record()
    {
        var record = new List<string>();
        _wasQuoted = false;
        while (true)
        {
            var ends = Field();
            record.Add(_field.ToString());
            if (ends) return record;
        }
    }

    /// <summary>Reads a field.</summary>
    /// <returns>Whether its record ends with it.</returns>
    bool Field()
    {
        _field.Clear();
        var quoted = false;
        if (_reader.Peek() == '"')
        {
            _reader.Read();
            quoted = _wasQuoted = true;
        }
        while (true)
        {
            var c = _reader.Read();
            if (c < 0)
            {
                IsOpen = quoted;
                return true;
            }
            if (quoted)
            {
                if (c == '"')
                {
                    quoted = _reader.Peek() == '"';
                    if (!quoted) continue;
                    _reader.Read();
                }
                else if (c == '\n')
                {
                    _line++;
                }
                _field.Append((char)c);
                continue;
            }
            if (c == _delimiter) return false;
            if (c == '\r' && _reader.Peek() == '\n') _reader.Read();
            if (c is '\n' or '\r')
            {
                _line++;
                return true;
            }
            _field.Append((char)c);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
