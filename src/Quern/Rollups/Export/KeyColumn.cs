using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Expressions;
using Quern.Folding.Planning;
using Quern.Folding.Results;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>A key as values: minutes and hours as TIMESTAMP, longer buckets as the DATE of their first day, texts as VARCHAR.</summary>
/// <param name="key">Position of the key.</param>
/// <param name="domain">What its codes stand for.</param>
sealed class KeyColumn(int key, KeyDomain domain) : GrainColumn(TypeOf(domain))
{
    const long MicrosOfMinute = 60_000_000;

    /// <inheritdoc/>
    public override void Write(GrainBlock block, int from, int rows, VectorWriter to)
    {
        Span<uint> codes = stackalloc uint[Chunk.Capacity];
        codes = codes[..rows];
        block.Key(key).CopyTo(from, codes);
        if (domain is TextDomain texts)
        {
            for (var i = 0; i < rows; i++)
            {
                if (codes[i] == domain.Null) to.SetNull(i);
                else to.SetText(i, texts[codes[i]]);
            }
            return;
        }
        Span<long> numbers = stackalloc long[Chunk.Capacity];
        numbers = numbers[..rows];
        var (last, value) = (domain.Null, 0L);
        for (var i = 0; i < rows; i++)
        {
            // Rows are sorted: often the code is that of the row before.
            if (codes[i] != last && codes[i] != domain.Null) (last, value) = (codes[i], Number(codes[i]));
            numbers[i] = value;
        }
        Write(numbers, to);
        for (var i = 0; i < rows; i++)
            if (codes[i] == domain.Null) to.SetNull(i);
    }

    long Number(uint code) => domain switch
    {
        NumberDomain numbers => numbers.Values.Span[(int)code],
        LinearDomain { Bucket: null } linear => linear.First + code,
        LinearDomain { Bucket: TimeBucket.Minute or TimeBucket.Hour } linear =>
            Buckets.First(linear.Bucket.Value, TimeBucket.Minute, linear.First + code) * MicrosOfMinute,
        LinearDomain linear => Buckets.First(linear.Bucket!.Value, TimeBucket.Day, linear.First + code),
        _ => throw new InvalidOperationException($"{domain.GetType().Name} has no numbers"),
    };

    static LogicalType TypeOf(KeyDomain domain) => domain switch
    {
        LinearDomain { Bucket: TimeBucket.Minute or TimeBucket.Hour } => LogicalType.Of(TypeKind.Timestamp),
        LinearDomain { Bucket: not null } => LogicalType.Of(TypeKind.Date),
        TextDomain => LogicalType.Of(TypeKind.Varchar),
        _ => domain.Type,
    };
}
