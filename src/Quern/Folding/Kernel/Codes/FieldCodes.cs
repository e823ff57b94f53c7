using System.Runtime.Intrinsics;
using Quern.Folding.Kernel.Records;
using Quern.Folding.Results;

namespace Quern.Folding.Kernel.Codes;

/// <summary>Makes codes of what records hold of a field.</summary>
/// <param name="Domain">What codes stand for.</param>
/// <param name="First">The value of code 0, of whole numbers.</param>
/// <param name="ByNumber">The code of each number of a dictionary; null for whole numbers.</param>
/// <param name="HasNulls">Some rows are NULL.</param>
sealed unsafe record FieldCodes(KeyDomain Domain, long First, uint[]? ByNumber, bool HasNulls)
{
    /// <summary>Codes that there are, NULL's among them.</summary>
    public ulong Size => Domain.Count + (HasNulls ? 1UL : 0);

    /// <summary>The codes of records.</summary>
    /// <param name="words">The words of the records, one after the other.</param>
    /// <param name="width">Words of a record.</param>
    /// <param name="field">Where the value stands.</param>
    /// <param name="rows">How many records.</param>
    /// <param name="to">Their codes.</param>
    public void Read(ulong* words, int width, RecordField field, int rows, uint* to)
    {
        words += field.Word;
        if (ByNumber is not null) Look(words, width, field, rows, to);
        else if (width == 1) ReadNarrow(words, field, rows, to);
        else ReadWide(words, width, field, rows, to);
    }

    void Look(ulong* words, int width, RecordField field, int rows, uint* to)
    {
        fixed (uint* codes = ByNumber)
        {
            for (var i = 0; i < rows; i++)
            {
                var number = (words[(long)i * width] >> field.Shift) & field.Mask;
                to[i] = number == 0 ? Domain.Null : codes[number - 1];
            }
        }
    }

    void ReadWide(ulong* words, int width, RecordField field, int rows, uint* to)
    {
        var more = (ulong)(field.Base - First - 1);
        for (var i = 0; i < rows; i++)
        {
            var raw = (words[(long)i * width] >> field.Shift) & field.Mask;
            to[i] = raw == 0 ? Domain.Null : (uint)(raw + more);
        }
    }

    void ReadNarrow(ulong* words, RecordField field, int rows, uint* to)
    {
        var more = (ulong)(field.Base - First - 1);
        var i = 0;
        var (mask, add, isNull) = (Vector512.Create(field.Mask), Vector512.Create(more), Vector512.Create((ulong)Domain.Null));
        for (; i + (2 * Vector512<ulong>.Count) <= rows; i += 2 * Vector512<ulong>.Count)
        {
            var low = Vector512.ShiftRightLogical(Vector512.Load(words + i), field.Shift) & mask;
            var high = Vector512.ShiftRightLogical(Vector512.Load(words + i + Vector512<ulong>.Count), field.Shift) & mask;
            low = Vector512.ConditionalSelect(Vector512.Equals(low, Vector512<ulong>.Zero), isNull, low + add);
            high = Vector512.ConditionalSelect(Vector512.Equals(high, Vector512<ulong>.Zero), isNull, high + add);
            Vector512.Narrow(low, high).Store(to + i);
        }
        for (; i < rows; i++)
        {
            var raw = (words[i] >> field.Shift) & field.Mask;
            to[i] = raw == 0 ? Domain.Null : (uint)(raw + more);
        }
    }
}
