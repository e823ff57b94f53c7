using System.Text;

namespace Quern.Cli.Terminal;

/// <summary>The two streams a verb writes to: data for programs, lines for people.</summary>
/// <remarks>Lines of several threads do not mix, and a line of text never lands in the middle of the progress line.</remarks>
sealed class Screen
{
    /// <summary>Lines for people are at most this wide when the terminal's width is unknown.</summary>
    public const int PlainWidth = 80;

    readonly Lock _lock = new();
    readonly Stream _error;
    readonly Func<int> _columns;
    bool _drawn;

    /// <summary>A screen on given streams.</summary>
    /// <param name="data">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="terminal">Standard error is a terminal that moves its cursor.</param>
    /// <param name="coloured">Lines for people may be coloured.</param>
    /// <param name="columns">Width of the terminal now.</param>
    /// <param name="dataColoured">Lines for people on standard output may be coloured.</param>
    /// <param name="dataColumns">Width of the terminal that standard output is; null when it is none.</param>
    public Screen(Stream data, Stream error, bool terminal, bool coloured, Func<int> columns, bool dataColoured = false, int? dataColumns = null)
    {
        Data = data;
        _error = error;
        IsTerminal = terminal;
        Ink = new Ink(coloured);
        DataInk = new Ink(dataColoured);
        _columns = columns;
        DataColumns = dataColumns;
    }

    /// <summary>Standard output: data only. Unbuffered; wrap it for many small writes.</summary>
    public Stream Data { get; }

    /// <summary>Whether standard error is a terminal that can redraw a line.</summary>
    public bool IsTerminal { get; }

    /// <summary>Colour of the lines for people.</summary>
    public Ink Ink { get; }

    /// <summary>Colour of lines for people on standard output, where a verb has its log there.</summary>
    public Ink DataInk { get; }

    /// <summary>Width of the terminal that standard output is; null when a program reads it.</summary>
    public int? DataColumns { get; }

    /// <summary>Columns for lines for people: at most 80, less on a narrow terminal.</summary>
    public int Width => Math.Min(PlainWidth, Columns);

    int Columns => Math.Max(20, _columns());

    /// <summary>The screen of this process: NO_COLOR (no-color.org) and TERM=dumb are respected.</summary>
    public static Screen OfProcess(IReadOnlyDictionary<string, string> variables)
    {
        var attended = Descriptor.IsTerminal(Descriptor.Error);
        var moves = variables.GetValueOrDefault("TERM") is not (null or "" or "dumb");
        var colours = moves && variables.GetValueOrDefault("NO_COLOR") is null or "";
        var terminal = attended && moves;
        return new Screen(
            new DescriptorStream(Descriptor.Out),
            new DescriptorStream(Descriptor.Error),
            terminal,
            coloured: attended && colours,
            () => attended ? Descriptor.Columns(Descriptor.Error) : PlainWidth,
            dataColoured: colours && Descriptor.IsTerminal(Descriptor.Out),
            dataColumns: Descriptor.IsTerminal(Descriptor.Out) ? Descriptor.Columns(Descriptor.Out) : null);
    }

    /// <summary>Writes text and a line feed for programs, as it is.</summary>
    public void WriteData(string text) => Data.Write(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Writes a line for people.</summary>
    public void Say(string text) => Say([new Line(Tone.Plain, text)]);

    /// <summary>Writes lines for people, one below the other.</summary>
    public void Say(IEnumerable<Line> lines)
    {
        var ink = Ink;
        SayDrawn(string.Concat(lines.Select(line => ink.Draw(line) + "\n")));
    }

    /// <summary>Writes lines for people that <see cref="Ink"/> has drawn, with their line ends.</summary>
    public void SayDrawn(string text)
    {
        lock (_lock)
        {
            Put((_drawn ? "\r\x1b[K" : "") + text);
            _drawn = false;
        }
    }

    /// <summary>Draws the progress line over the last one, cut to the terminal; an empty text removes it.</summary>
    public void Redraw(string text)
    {
        text = VisibleText.Of(text);
        lock (_lock)
        {
            if (text.Length == 0 && !_drawn) return;
            // The last column stays free: writing there makes some terminals wrap.
            var room = Columns - 1;
            Put("\r" + (text.Length > room ? text[..room] : text) + "\x1b[K");
            _drawn = text.Length > 0;
        }
    }

    void Put(string text)
    {
        try
        {
            _error.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // Nobody can be told, and the work is worth finishing.
        }
    }
}
