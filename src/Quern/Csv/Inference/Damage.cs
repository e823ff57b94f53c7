using System.Globalization;

namespace Quern.Csv.Inference;

/// <summary>Rows that looking at files had to pass over: how many of each kind, and the first. For one thread at a time.</summary>
sealed class Damage
{
    const string Open = "QN2015";

    readonly SortedDictionary<string, (long Rows, Witness First)> _kinds = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public long Rows => _kinds.Values.Sum(kind => kind.Rows);

    /// <summary>A quote is never closed.</summary>
    public bool IsOpen => _kinds.ContainsKey(Open);

    /// <summary>The first of each kind.</summary>
    public IEnumerable<Witness> Firsts => _kinds.Values.Select(kind => kind.First);

    /// <summary>Counts a row.</summary>
    /// <param name="code">The code of its fault.</param>
    /// <param name="place">Where it is, see <see cref="Witness.PlaceOf"/>; of an open quote, where that stands.</param>
    /// <param name="detail">What its cells are, for a row of another width.</param>
    public void Add(string code, long place, string detail = "") => Add(code, 1, new Witness(place, detail));

    /// <summary>A row of another width.</summary>
    public void AddRagged(long place, int cells, int wanted) => Add("QN3106", place, Widths(cells, wanted));

    /// <summary>A field that goes on behind its closing quote.</summary>
    public void AddFlaw(long place) => Add("QN3107", place);

    /// <summary>A quote that is never closed.</summary>
    public void AddOpen(long place) => Add(Open, place);

    /// <summary>Counts those of another part of the rows.</summary>
    public void Add(Damage other)
    {
        foreach (var (code, (rows, first)) in other._kinds) Add(code, rows, first);
    }

    /// <summary>What the cells of a row of another width are.</summary>
    public static string Widths(int cells, int wanted) => string.Create(CultureInfo.InvariantCulture, $"{cells:N0}, wanted {wanted:N0}");

    /// <summary>A sentence for each kind.</summary>
    public IReadOnlyList<string> Sentences(LinePlaces places) =>
        [.. _kinds.Select(kind => Sentence(kind.Key, kind.Value.Rows, kind.Value.First, places))];

    void Add(string code, long rows, Witness first) =>
        _kinds[code] = _kinds.TryGetValue(code, out var known) ? (known.Rows + rows, Witness.First(known.First, first)) : (rows, first);

    static string Sentence(string code, long rows, Witness first, LinePlaces places)
    {
        var place = places.Of(first);
        if (code == Open)
        {
            return rows == 1 ? $"a quote is never closed: it opens at {place}" : string.Create(
                CultureInfo.InvariantCulture, $"{rows:N0} quotes are never closed: the first opens at {place}");
        }
        var count = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} row{(rows == 1 ? "" : "s")}");
        return code switch
        {
            "QN3106" => $"{count} with another number of cells than the header: the first, {place}, has {first.Text}",
            "QN3107" => $"{count} with a field that goes on after its closing quote: the first is {place}",
            "QN3108" => $"{count} with another line end than the first line: the first is {place}",
            "QN2013" => $"{count} with bytes that are not UTF-8: the first is {place}",
            _ => $"{count} that cannot be read ({code}): the first is {place}",
        };
    }
}
