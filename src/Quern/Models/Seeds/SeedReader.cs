using System.Text;
using Quern.Files;

namespace Quern.Models.Seeds;

/// <summary>Reads the records of a seed: small CSV files, whole, to find their columns and types. Loading them is DuckDB's.</summary>
/// <remarks>Quotes as in RFC 4180. A line with nothing on it is no record.</remarks>
sealed class SeedReader : IDisposable
{
    readonly TextReader _reader;
    readonly char _delimiter;
    readonly StringBuilder _field = new();
    long _line = 1;
    bool _wasQuoted;

    /// <summary>Opens a file; a byte order mark is skipped.</summary>
    /// <exception cref="QuernException">The file cannot be opened.</exception>
    public SeedReader(string path, char delimiter)
        : this(new StreamReader(FileBytes.Open(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true), delimiter)
    {
    }

    /// <summary>Reads from elsewhere, which is disposed with this.</summary>
    public SeedReader(TextReader reader, char delimiter) => (_reader, _delimiter) = (reader, delimiter);

    /// <summary>The line the last record began on, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next record; null after the last one.</summary>
    public List<string>? Next()
    {
        while (_reader.Peek() >= 0)
        {
            Line = _line;
            var record = Record();
            if (record.Count > 1 || record[0].Length > 0 || _wasQuoted) return record;
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
            if (c < 0) return true;
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
