using System.Buffers.Binary;
using Quern.Delivery.Postgres.Binary;

namespace Quern.Delivery.Postgres.Copying;

/// <summary>Rows that are sent together.</summary>
sealed class Block(int bytes)
{
    readonly List<long> _numbers = [];

    /// <summary>The rows, encoded.</summary>
    public CopyBuffer Buffer { get; private set; } = new(bytes);

    /// <summary>How many.</summary>
    public int Rows => _numbers.Count;

    /// <summary>Which row of the load, from 0, a row of the block is.</summary>
    public long Number(int row) => _numbers[row];

    /// <summary>Says that a row was encoded.</summary>
    public void Add(long number) => _numbers.Add(number);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        // One that a large row has grown is not kept, or each block would grow to the largest row.
        if (Buffer.Room > 2 * bytes) Buffer = new CopyBuffer(bytes);
        else Buffer.Cut(0);
        _numbers.Clear();
    }

    /// <summary>Where each row begins, and the end.</summary>
    public int[] Starts()
    {
        var starts = new int[Rows + 1];
        var bytes = Buffer.Bytes;
        var at = 0;
        for (var row = 0; row < Rows; row++)
        {
            starts[row] = at;
            var fields = BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);
            at += 2;
            for (var i = 0; i < fields; i++) at += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[at..]));
        }
        starts[Rows] = at;
        return starts;
    }
}
