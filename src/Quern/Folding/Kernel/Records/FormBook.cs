using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Records;

/// <summary>The form that records of a family have now; all threads write that one.</summary>
/// <param name="fields">What records hold.</param>
/// <param name="measures">How many measures.</param>
/// <param name="textPartition">The texts that rows are parted by, which cannot be joined; null for numbers, whose neighbours can.</param>
/// <param name="mostPartitions">The most that there may be.</param>
sealed class FormBook(IReadOnlyList<FieldPlan> fields, int measures, string? textPartition, int mostPartitions)
{
    /// <summary>Distances of values that records hold.</summary>
    const long MostRange = 1L << 62;

    readonly Lock _gate = new();
    readonly (long First, long Last)[] _ranges = [.. fields.Select(_ => (0L, -1L))];
    readonly bool[] _hasNulls = new bool[fields.Count];
    readonly HashSet<long> _partitions = [];
    RecordForm? _form;
    int _shift;

    /// <summary>The form; null before the first rows.</summary>
    public RecordForm? Form => Volatile.Read(ref _form);

    /// <summary>Widens the form until values fit.</summary>
    /// <param name="seen">The least and the greatest value of each field; empty where the first is greater.</param>
    /// <exception cref="NotCovered">They are too far apart.</exception>
    public RecordForm Widen(ReadOnlySpan<(long First, long Last)> seen)
    {
        lock (_gate)
        {
            var isWider = _form is null;
            for (var i = 0; i < _ranges.Length; i++)
            {
                if (seen[i].First > seen[i].Last) continue;
                var fits = _form is not null && seen[i].First >= _form.Fields[i].Base && seen[i].Last <= _form.Fields[i].Last;
                if (!fits) isWider = true;
                _ranges[i] = Join(_ranges[i], seen[i], fields[i]);
            }
            if (isWider) Volatile.Write(ref _form, RecordForm.Of([.. _ranges.Select((r, i) => Room(r, fields[i]))], measures, _shift));
            return _form!;
        }
    }

    /// <summary>Says that rows of a partition come; partitions are joined when they are too many.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="shift">The form's shift by which it is counted.</param>
    /// <exception cref="TooManyTexts">They are too many and cannot be joined.</exception>
    public void Meet(long partition, int shift)
    {
        lock (_gate)
        {
            _partitions.Add(partition >> (_shift - shift));
            if (_partitions.Count <= mostPartitions) return;
            if (textPartition is not null) throw new TooManyTexts(textPartition);
            while (_partitions.Count > mostPartitions / 2)
            {
                _shift++;
                var joined = _partitions.Select(p => p >> 1).ToList();
                _partitions.Clear();
                _partitions.UnionWith(joined);
            }
            Volatile.Write(ref _form, RecordForm.Of([.. _ranges.Select((r, i) => Room(r, fields[i]))], measures, _shift));
        }
    }

    /// <summary>Says what a thread has seen in all.</summary>
    /// <param name="seen">The least and the greatest value of each field.</param>
    /// <param name="isNull">Fields that were NULL in some row.</param>
    public void Conclude(ReadOnlySpan<(long First, long Last)> seen, ReadOnlySpan<bool> isNull)
    {
        lock (_gate)
        {
            for (var i = 0; i < isNull.Length; i++)
            {
                _hasNulls[i] |= isNull[i];
                if (seen[i].First <= seen[i].Last) _ranges[i] = Join(_ranges[i], seen[i], fields[i]);
            }
        }
    }

    /// <summary>A field was NULL in some row.</summary>
    public bool HasNulls(int field) => _hasNulls[field];

    /// <summary>Partitions are counted without so many of their last bits.</summary>
    public int Shift => _shift;

    /// <summary>The values of a field that were seen, when all threads have concluded; the first is greater where there was none.</summary>
    public (long First, long Last) Range(int field) => _ranges[field];

    static (long, long) Join((long First, long Last) range, (long First, long Last) seen, FieldPlan field)
    {
        var joined = range.First > range.Last ? seen : (First: Math.Min(range.First, seen.First), Last: Math.Max(range.Last, seen.Last));
        if ((UInt128)((Int128)joined.Last - joined.First) > (UInt128)MostRange) throw new NotCovered($"values of {field.Name} are too far apart");
        return joined;
    }

    /// <summary>With room for what comes next.</summary>
    static (long First, long Last) Room((long First, long Last) range, FieldPlan field)
    {
        if (range.First > range.Last) return (0, 0);
        var room = Math.Max((range.Last - range.First) / 4, 1);
        // Numbers of texts begin at 0 and grow.
        if (field.Kind != KeyKind.Whole) return (0, range.Last + room);
        return (range.First < long.MinValue + room ? range.First : range.First - room, range.Last > long.MaxValue - room ? range.Last : range.Last + room);
    }
}
