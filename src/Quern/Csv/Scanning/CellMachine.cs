using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Quern.Csv.Scanning;

/// <summary>
/// Tells which delimiters and line ends of a file separate cells and rows: those outside quotes. Takes 64 bytes at a time
/// from the beginning of a file, or from any place whose <see cref="State"/> is known.
/// </summary>
/// <remarks>
/// <para>Two ways with one answer. The quick one knows quotes by their parity: the running exclusive-or over the bits of
/// the quotes (a carry-less multiplication by all ones) is 1 from an opening quote up to the closing one, and a doubled
/// quote closes and opens again at once. It holds as long as every quote that opens stands at the start of a cell or right
/// behind one that closes, and behind every quote that closes stands a delimiter, a line end or a quote; both are two more
/// operations on the bits. Where they do not hold, as in <c>5" disk</c>, the 64 bytes are taken one by one.</para>
/// <para>Source of the bit work: Langdale and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28 (2019).</para>
/// </remarks>
unsafe struct CellMachine
{
    readonly byte _delimiter;
    readonly byte _quote;
    readonly byte _escape;
    readonly bool _hasQuote;
    readonly bool _exactOnly;
    readonly bool _scalar;
    readonly bool _hasComment;
    readonly byte _comment;

    /// <summary>Not the usual way: without vectors, or with comments.</summary>
    readonly bool _isUnusual;

    public CellMachine(CsvDialect dialect, bool forceScalar)
    {
        _delimiter = dialect.Delimiter;
        _hasQuote = dialect.Quote is not null;
        // Without quotes the machine looks for a delimiter twice.
        _quote = dialect.Quote ?? dialect.Delimiter;
        _escape = dialect.Escape;
        _exactOnly = _hasQuote && _escape != _quote;
        _scalar = forceScalar || !Vector256.IsHardwareAccelerated;
        (_hasComment, _comment) = (dialect.Comment is not null, dialect.Comment ?? 0);
        _isUnusual = _scalar || _hasComment;
    }

    /// <summary>How the lines of the file end.</summary>
    public LineEnd LineEnd;

    /// <summary>Bytes of a line end.</summary>
    public readonly int LineEndBytes => LineEnd == LineEnd.CrLf ? 2 : 1;

    /// <summary>Where the next byte stands.</summary>
    public CellState State;

    /// <summary>The byte before the next one is a carriage return outside quotes.</summary>
    public bool AfterReturn;

    /// <summary>The next byte is the first of a row; kept where there are comments.</summary>
    public bool IsRowStart;

    /// <summary>Of the last step: delimiters that separate cells.</summary>
    public ulong Delimiters;

    /// <summary>Of the last step: line ends that end rows, at their last byte.</summary>
    public ulong Ends;

    /// <summary>Not zero once a byte above 0x7F was seen.</summary>
    public uint NonAscii;

    /// <summary>Of the last step: what is wrong first.</summary>
    public Flaw Flaw;

    /// <summary>Of the last step: the byte where it is wrong.</summary>
    public int FlawAt;

    /// <summary>Between quotes.</summary>
    public readonly bool IsOpen => State is CellState.Quoted or CellState.Escaped;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="at">The first one; 64 bytes must be readable.</param>
    /// <param name="count">How many, 1 to 64.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(byte* at, int count)
    {
        if (_isUnusual)
        {
            StepUnusual(at, count);
            return;
        }
        Step(ByteMasks.Read(at, _delimiter, _quote), at, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Step(ByteMasks masks, byte* at, int count)
    {
        if (count < ByteMasks.Width) masks.Keep(count);
        NonAscii |= masks.NonAscii;
        Flaw = Flaw.None;
        if (!_hasQuote) masks.Quote = 0;
        if (masks.Quote == 0 && State is CellState.Outside or CellState.Start or CellState.Plain)
        {
            Separate(masks, 0, count);
            // Worked out when a quote comes, which may be never.
            State = count > 1 ? CellState.Outside : Behind(at, State == CellState.Start);
        }
        else
        {
            Settle(at);
            Quotes(masks, at, count);
        }
    }

    /// <summary>Takes steps for as long as there is nothing but regular quotes and line feeds: what nearly all files consist of, with all
    /// that goes from step to step in registers.</summary>
    /// <param name="data">The first byte of the block.</param>
    /// <param name="at">The first one of a step.</param>
    /// <param name="most">No step begins behind it.</param>
    /// <param name="own">Rows that begin from here on are not wanted.</param>
    /// <param name="index">Takes cells and rows.</param>
    /// <param name="rowStart">Where the row begins that the next byte is in.</param>
    /// <returns>Where the step begins that was not taken.</returns>
    public int Run(byte* data, int at, int most, int own, RowIndex index, ref int rowStart)
    {
        if (_isUnusual || _exactOnly || LineEnd != LineEnd.Lf || AfterReturn) return at;
        if (State == CellState.Outside) Settle(data + at);
        if (State is not (CellState.Start or CellState.Plain or CellState.Quoted or CellState.Closed)) return at;
        var quoted = State == CellState.Quoted ? ulong.MaxValue : 0;
        var closed = State == CellState.Closed ? 1UL : 0;
        var mayOpen = State is CellState.Start or CellState.Closed ? 1UL : 0;
        var (from, nonAscii, row) = (at, NonAscii, rowStart);
        for (; at <= most && row < own && !index.IsFull; at += ByteMasks.Width)
        {
            var masks = ByteMasks.Read(data + at, _delimiter, _quote);
            var quotes = _hasQuote ? masks.Quote : 0;
            var special = masks.Delimiter | masks.LineFeed | quotes;
            var (delimiters, ends) = (masks.Delimiter, masks.LineFeed);
            var irregular = (closed & ~special) | masks.Return;
            if ((quotes | quoted) != 0)
            {
                var inside = PrefixXor(quotes) ^ quoted;
                var closing = quotes & ~inside;
                irregular = (quotes & inside & ~((special << 1) | mayOpen))
                    | (((closing << 1) | closed) & ~special)
                    | (masks.Return & ~inside);
                delimiters &= ~inside;
                ends &= ~inside;
                if (irregular != 0) break;
                quoted = (ulong)((long)inside >> 63);
                closed = closing >> 63;
            }
            else
            {
                if (irregular != 0) break;
                closed = 0;
            }
            mayOpen = special >> 63;
            nonAscii |= masks.NonAscii;
            index.Add(delimiters, ends, at, 0);
            if (ends != 0) row = at + ByteMasks.Width - BitOperations.LeadingZeroCount(ends);
        }
        if (at == from) return at;
        (NonAscii, rowStart) = (nonAscii, row);
        State = quoted != 0 ? CellState.Quoted : closed != 0 ? CellState.Closed : CellState.Outside;
        Flaw = Flaw.None;
        return at;
    }

    /// <summary>Goes over bytes whose cells are not wanted; knows nothing of flaws and line ends.</summary>
    /// <param name="at">The first one, with two before it and a step behind it.</param>
    /// <param name="steps">How many times <see cref="ByteMasks.Width"/> of them.</param>
    public void Pass(byte* at, long steps)
    {
        for (; steps > 0; steps--, at += ByteMasks.Width)
        {
            if (_isUnusual || _exactOnly || !_hasQuote) Step(at, ByteMasks.Width);
            else if (ByteMasks.Find(at, _quote) is not 0 and var quotes) PassQuotes(at, quotes);
            else if (State is CellState.Start or CellState.Plain) State = CellState.Outside;
            else if (State is not (CellState.Outside or CellState.Quoted)) Step(at, ByteMasks.Width);
        }
    }

    void PassQuotes(byte* at, ulong quotes)
    {
        Settle(at);
        var masks = ByteMasks.Read(at, _delimiter, _quote);
        if (State is CellState.Blank or CellState.ClosedBlank || !AreRegular(masks, ulong.MaxValue, out var inside))
            Step(at, ByteMasks.Width);
        else
            State = (inside >> 63) != 0 ? CellState.Quoted : (quotes >> 63) != 0 ? CellState.Closed : CellState.Outside;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void StepUnusual(byte* at, int count)
    {
        if (_hasComment && (State == CellState.Comment || new ReadOnlySpan<byte>(at, count).Contains(_comment)))
        {
            Flaw = Flaw.None;
            // What a comment holds need not be text; whether rows do is not known here.
            NonAscii = 1;
            Settle(at);
            Exact(at, count);
        }
        else
        {
            Step(_scalar ? ByteMasks.ReadScalar(at, _delimiter, _quote) : ByteMasks.Read(at, _delimiter, _quote), at, count);
        }
        IsRowStart = (Ends >> (count - 1) & 1) != 0;
    }

    /// <summary>Works <see cref="State"/> out.</summary>
    /// <param name="next">The next byte; those before it are in front of it.</param>
    public void Settle(byte* next)
    {
        if (State == CellState.Outside) State = Behind(next - 1, IsSeparator(next[-2]));
    }

    void Quotes(in ByteMasks masks, byte* at, int count)
    {
        if (_exactOnly || State is CellState.Blank or CellState.ClosedBlank or CellState.Escaped)
        {
            Exact(at, count);
            return;
        }
        if (!AreRegular(masks, count == ByteMasks.Width ? ulong.MaxValue : (1UL << count) - 1, out var inside))
        {
            Exact(at, count);
            return;
        }
        Separate(masks, inside, count);
        var last = 1UL << (count - 1);
        if ((inside & last) != 0) State = CellState.Quoted;
        else if ((masks.Quote & last) != 0) State = CellState.Closed;
        else State = count > 1 ? CellState.Outside : Behind(at, State == CellState.Start);
    }

    /// <summary>True when each quote opens and closes cells, or is doubled, so that its parity says what is inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly bool AreRegular(in ByteMasks masks, ulong known, out ulong inside)
    {
        inside = PrefixXor(masks.Quote) ^ (State == CellState.Quoted ? ulong.MaxValue : 0);
        var special = masks.Delimiter | masks.LineFeed | masks.Return | masks.Quote;
        var mayOpen = (special << 1) | (State is CellState.Start or CellState.Closed ? 1UL : 0);
        var afterClose = ((masks.Quote & ~inside) << 1) | (State == CellState.Closed ? 1UL : 0);
        return ((masks.Quote & inside & ~mayOpen) | (afterClose & ~special & known)) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Separate(in ByteMasks masks, ulong inside, int count)
    {
        Delimiters = masks.Delimiter & ~inside;
        var feeds = masks.LineFeed & ~inside;
        var returns = masks.Return & ~inside;
        ulong odd;
        if (LineEnd == LineEnd.Lf)
        {
            Ends = feeds;
            odd = returns;
        }
        else if (LineEnd == LineEnd.CrLf)
        {
            Ends = feeds;
            odd = feeds ^ ((returns << 1) | (AfterReturn ? 1UL : 0));
            if (count < ByteMasks.Width) odd &= (1UL << count) - 1;
        }
        else
        {
            Ends = returns;
            odd = feeds;
        }
        if (odd != 0) (Flaw, FlawAt) = (Flaw.LineEnd, BitOperations.TrailingZeroCount(odd));
        AfterReturn = (returns >> (count - 1)) != 0;
    }

    /// <summary>Where a place is, outside quotes and not behind one.</summary>
    /// <param name="last">The byte before.</param>
    /// <param name="isFirst">A cell begins with that byte.</param>
    readonly CellState Behind(byte* last, bool isFirst) =>
        IsSeparator(*last) ? CellState.Start
        : isFirst && *last == ' ' ? CellState.Blank
        : CellState.Plain;

    readonly bool IsSeparator(byte b) => b == _delimiter || b is (byte)'\n' or (byte)'\r';

    /// <summary>A byte at a time: what the masks stand for.</summary>
    void Exact(byte* at, int count)
    {
        (Delimiters, Ends) = (0, 0);
        var isFirst = IsRowStart;
        for (var i = 0; i < count; i++)
        {
            var b = at[i];
            if (_hasComment && IsComment(b, isFirst)) continue;
            isFirst = (LineEnd == LineEnd.Cr ? b == '\r' : b == '\n') && State is not (CellState.Quoted or CellState.Escaped);
            if (State == CellState.Escaped)
            {
                State = CellState.Quoted;
                continue;
            }
            if (State == CellState.Quoted)
            {
                if (b == _escape && _escape != _quote) State = CellState.Escaped;
                else if (b == _quote) State = CellState.Closed;
                continue;
            }
            if (AfterReturn && b != '\n' && LineEnd == LineEnd.CrLf) Found(Flaw.LineEnd, i);
            var bit = 1UL << i;
            if (b == _delimiter)
            {
                Delimiters |= bit;
                State = CellState.Start;
            }
            else if (b == '\n')
            {
                if (LineEnd != LineEnd.Cr) Ends |= bit;
                if (LineEnd == LineEnd.Cr || (LineEnd == LineEnd.CrLf && !AfterReturn)) Found(Flaw.LineEnd, i);
                State = CellState.Start;
            }
            else if (b == '\r')
            {
                if (LineEnd == LineEnd.Cr) Ends |= bit;
                if (LineEnd == LineEnd.Lf) Found(Flaw.LineEnd, i);
                State = CellState.Start;
            }
            else
            {
                Inside(b, i);
            }
            AfterReturn = b == '\r';
        }
    }

    /// <summary>A byte of a comment that does not end it. A carriage return in front of a line feed does not, but is looked at.</summary>
    bool IsComment(byte b, bool isFirst)
    {
        if (State != CellState.Comment)
        {
            if (!isFirst || b != _comment) return false;
            (State, AfterReturn) = (CellState.Comment, false);
            return true;
        }
        if (LineEnd == LineEnd.Cr ? b == '\r' : b == '\n') return false;
        AfterReturn = b == '\r';
        return true;
    }

    void Inside(byte b, int at)
    {
        if (_hasQuote && b == _quote)
        {
            // A doubled quote goes on; with an escape of its own a second quote does not.
            var goesOn = State == CellState.Closed && _escape == _quote;
            if (State is CellState.Start or CellState.Blank || goesOn)
            {
                State = CellState.Quoted;
                return;
            }
        }
        else if (b == ' ')
        {
            if (State == CellState.Start) State = CellState.Blank;
            else if (State is CellState.Closed or CellState.ClosedBlank) State = CellState.ClosedBlank;
            else State = CellState.Plain;
            return;
        }
        if (State is CellState.Closed or CellState.ClosedBlank) Found(Flaw.AfterQuote, at);
        State = CellState.Plain;
    }

    void Found(Flaw flaw, int at)
    {
        if (Flaw == Flaw.None) (Flaw, FlawAt) = (flaw, at);
    }

    /// <summary>Each bit is the exclusive-or of itself and all lower ones.</summary>
    readonly ulong PrefixXor(ulong bits)
    {
        if (!_scalar && Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
