namespace Quern.Csv.Inference;

/// <summary>What the cells of a column have shown so far.</summary>
/// <remarks>Sums, firsts and extremes only: whatever the order of the cells, and however they are dealt to threads, the facts of the
/// same cells are the same.</remarks>
/// <param name="measures">Extremes of texts and the number of different ones are wanted, too.</param>
sealed class ColumnFacts(bool measures)
{
    readonly ShapeCount[] _shapes = [.. Enumerable.Repeat(new ShapeCount(), (int)CellShape.Text + 1)];
    readonly ShapeCount[] _words = [.. Enumerable.Repeat(new ShapeCount(), NullWords.All.Count)];
    readonly Extremes _dayFirst = new();
    readonly Extremes _monthFirst = new();
    readonly ShapeCount[] _forms = [.. Enumerable.Repeat(new ShapeCount(), DateForms.Count)];
    byte[] _widest = [];

    /// <summary>The cells, empty ones among them.</summary>
    public long Cells { get; private set; }

    /// <summary>Cells that stand for NULL because the user says so.</summary>
    public long SaidNulls { get; private set; }

    /// <summary>Extremes of the numbers.</summary>
    public Extremes Numbers { get; } = new();

    /// <summary>Extremes of days, moments and times of day in ISO 8601.</summary>
    public Extremes Moments { get; } = new();

    /// <summary>Extremes of all texts; null when nobody asks.</summary>
    public Extremes? Texts { get; } = measures ? new() : null;

    /// <summary>Different texts; null when nobody asks.</summary>
    public DistinctSketch? Distinct { get; } = measures ? new() : null;

    /// <summary>Of numbers, the most digits before the point.</summary>
    public int MostWhole { get; private set; }

    /// <summary>Of numbers with a point, the most digits behind it.</summary>
    public int MostScale { get; private set; }

    /// <summary>Of numbers with a point, the fewest digits behind it.</summary>
    public int LeastScale { get; private set; } = int.MaxValue;

    /// <summary>Numbers that a double would change.</summary>
    public ShapeCount Long { get; private set; } = new();

    /// <summary>One of <see cref="Long"/> has no point.</summary>
    public bool IsLongWhole { get; private set; }

    /// <summary>Cells that fit a form of days which the form with day and month swapped does not fit, by the form.</summary>
    public Dictionary<int, Witness> Decisive { get; } = [];

    /// <summary>The longest text.</summary>
    public ReadOnlySpan<byte> Widest => _widest;

    /// <summary>Cells of a kind.</summary>
    public ref readonly ShapeCount this[CellShape shape] => ref _shapes[(int)shape];

    /// <summary>Cells that are a word of <see cref="NullWords"/>.</summary>
    public ref readonly ShapeCount Word(int word) => ref _words[word];

    /// <summary>Cells that fit a form of <see cref="DateForms"/>.</summary>
    public ref readonly ShapeCount Form(int form) => ref _forms[form];

    /// <summary>Extremes of days and moments in other spellings.</summary>
    /// <param name="isMonthFirst">They are written with the month in front of the day and the year.</param>
    public Extremes Days(bool isMonthFirst) => isMonthFirst ? _monthFirst : _dayFirst;

    /// <summary>Looks at a cell.</summary>
    /// <param name="text">Its text without quotes.</param>
    /// <param name="place">Where its row is, see <see cref="Witness.PlaceOf"/>.</param>
    public void Add(ReadOnlySpan<byte> text, long place)
    {
        Cells++;
        var reading = CellReading.Of(text);
        _shapes[(int)reading.Shape].Add(place, text);
        if (reading.Shape == CellShape.Empty) return;
        if (text.Length >= _widest.Length) Widen(text);
        Texts?.Add(0, text);
        Distinct?.Add(text);
        switch (reading.Shape)
        {
            case CellShape.Boolean when measures:
                // Values, not spellings; a column that has numbers, too, is one of texts.
                var isTrue = text.TrimStart((byte)' ')[0] is (byte)'t' or (byte)'T';
                Numbers.Add(isTrue ? 1 : 0, isTrue ? "true"u8 : "false"u8);
                return;
            case <= CellShape.Boolean:
                return;
            case <= CellShape.Exponent:
                Numbers.Add(reading.Number, text);
                if (reading.Whole > MostWhole) MostWhole = reading.Whole;
                if (reading.Shape == CellShape.Point) Point(reading);
                if (reading.IsLong) AddLong(text, place, reading.Shape < CellShape.Point);
                return;
            case >= CellShape.Date and <= CellShape.Time:
                Moments.Add(MomentText.Rank(text), text);
                return;
            case CellShape.Form:
                AddForms(reading.Forms, text, place);
                return;
            case CellShape.NullWord:
                _words[reading.Word].Add(place, text);
                return;
            default:
                return;
        }
    }

    /// <summary>Counts a cell that stands for NULL because the user says so.</summary>
    public void AddNull()
    {
        Cells++;
        SaidNulls++;
    }

    /// <summary>Takes in what another part of the cells has shown.</summary>
    public void Add(ColumnFacts other)
    {
        Cells += other.Cells;
        SaidNulls += other.SaidNulls;
        Add(_shapes, other._shapes);
        Add(_words, other._words);
        Add(_forms, other._forms);
        Numbers.Add(other.Numbers);
        Moments.Add(other.Moments);
        _dayFirst.Add(other._dayFirst);
        _monthFirst.Add(other._monthFirst);
        if (other.Texts is { } texts) Texts?.Add(texts);
        if (other.Distinct is { } distinct) Distinct?.Add(distinct);
        MostWhole = Math.Max(MostWhole, other.MostWhole);
        MostScale = Math.Max(MostScale, other.MostScale);
        LeastScale = Math.Min(LeastScale, other.LeastScale);
        var longs = Long;
        longs.Add(other.Long);
        Long = longs;
        IsLongWhole |= other.IsLongWhole;
        foreach (var (form, witness) in other.Decisive) Decide(form, witness);
        if (other._widest.Length >= _widest.Length) Widen(other._widest);
    }

    void Point(in CellReading reading)
    {
        if (reading.Scale > MostScale) MostScale = reading.Scale;
        if (reading.Scale < LeastScale) LeastScale = reading.Scale;
    }

    void AddLong(ReadOnlySpan<byte> text, long place, bool isWhole)
    {
        IsLongWhole |= isWhole;
        var longs = Long;
        longs.Add(place, text);
        Long = longs;
    }

    void AddForms(ulong forms, ReadOnlySpan<byte> text, long place)
    {
        _dayFirst.Add(DateForms.Rank(text, isMonthFirst: false), text);
        _monthFirst.Add(DateForms.Rank(text, isMonthFirst: true), text);
        for (var form = 0; form < DateForms.Count; form++)
        {
            if ((forms >> form & 1) == 0) continue;
            _forms[form].Add(place, text);
            if (DateForms.Twin(form) is not (>= 0 and var twin) || (forms >> twin & 1) != 0) continue;
            if (!Decisive.TryGetValue(form, out var known) || known.Place > place)
                Decide(form, new(place, Witness.Kept(text)));
        }
    }

    void Decide(int form, Witness witness) =>
        Decisive[form] = Decisive.TryGetValue(form, out var known) ? Witness.First(known, witness) : witness;

    void Widen(ReadOnlySpan<byte> text)
    {
        if (text.Length == _widest.Length && text.SequenceCompareTo(_widest) >= 0) return;
        _widest = text.ToArray();
    }

    static void Add(ShapeCount[] to, ShapeCount[] from)
    {
        for (var i = 0; i < to.Length; i++) to[i].Add(from[i]);
    }
}
