namespace Quern.Csv.Values;

/// <summary>Takes the quotes off a cell.</summary>
/// <param name="dialect">Which bytes they are.</param>
sealed unsafe class Unquoting(CsvDialect dialect)
{
    /// <summary>Bytes behind a text that may be read.</summary>
    const int Margin = 64;

    readonly int _quote = dialect.Quote ?? -1;
    readonly byte _escape = dialect.Escape;
    byte[] _plain = [];

    /// <summary>True when a cell is quoted: its first byte is a quote, or its second behind a blank.</summary>
    public bool IsQuoted(byte* cell, int length) =>
        length > 1 && (cell[0] == _quote || (cell[0] == ' ' && cell[1] == _quote));

    /// <summary>The text of a cell that is quoted; valid until the next one; 64 bytes more may be read.</summary>
    public ReadOnlySpan<byte> Text(byte* cell, int length)
    {
        var raw = new ReadOnlySpan<byte>(cell, length).TrimEnd((byte)' ');
        raw = raw[(cell[0] == ' ' ? 2 : 1)..];
        // The machine has seen to it that a quote closes the cell.
        raw = raw[..^1];
        if (!raw.Contains(_escape)) return raw;
        if (_plain.Length < raw.Length + Margin) _plain = new byte[Math.Max(256, (raw.Length * 2) + Margin)];
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == _escape && i + 1 < raw.Length && (raw[i + 1] == _quote || raw[i + 1] == _escape)) i++;
            _plain[count++] = raw[i];
        }
        return _plain.AsSpan(0, count);
    }
}
