using Quern.Arrow.Buffers;
using Quern.Chunks;
using Quern.Delivery.Parquet.Encoding;
using Quern.Delivery.Parquet.Metadata;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>Gathers a column of a row group, already encoded.</summary>
abstract unsafe class ColumnBuilder(PageWriter pages) : IDisposable
{
    /// <summary>Pages that are written.</summary>
    protected NativeBuffer Body { get; } = new();

    /// <summary>Which rows have a value.</summary>
    protected Levels Levels { get; } = new();

    /// <summary>Writes pages.</summary>
    protected PageWriter Pages => pages;

    /// <summary>What the footer will say.</summary>
    protected ColumnChunk Chunk { get; private set; } = new();

    /// <summary>Memory that it holds.</summary>
    public virtual long HeldBytes => Body.HeldBytes + Levels.HeldBytes;

    /// <summary>Memory that the rows so far need.</summary>
    public virtual long UsedBytes => Body.Length;

    /// <summary>A row group begins.</summary>
    public virtual void Begin(ColumnChunk chunk)
    {
        Chunk = chunk;
        chunk.Clear();
        pages.Begin(chunk);
        Body.Cut();
        Levels.Clear();
    }

    /// <summary>Appends rows of a chunk.</summary>
    public abstract void Append(Vector vector, int from, int count);

    /// <summary>Writes what is left, and hands all pages over.</summary>
    public void Close(NativeBuffer to)
    {
        Finish();
        Chunk.Start = to.Length;
        Chunk.Statistics.Nulls = Levels.Nulls;
        to.Append(Body.Bytes);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Body.Dispose();
        Levels.Dispose();
    }

    /// <summary>Writes what is left.</summary>
    protected abstract void Finish();

    /// <summary>Adds the rows to <see cref="Levels"/>, and puts the values of those that have one behind each other.</summary>
    /// <param name="vector">The column.</param>
    /// <param name="from">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="room">For the values, when some rows have none.</param>
    /// <param name="values">How many there are.</param>
    /// <returns>The first value.</returns>
    protected T* Dense<T>(Vector vector, int from, int count, NativeBuffer room, out int values) where T : unmanaged
    {
        fixed (T* all = vector.Values<T>())
        {
            // Memory of chunks does not move.
            if (vector.AllValid)
            {
                Levels.Append(null, from, count);
                values = count;
                return all + from;
            }
            fixed (ulong* validity = vector.Validity)
            {
                var nulls = Levels.Nulls;
                Levels.Append(validity, from, count);
                values = count - (Levels.Nulls - nulls);
                if (values == count) return all + from;
                room.Cut();
                var to = (T*)room.Reserve(count * sizeof(T));
                var at = 0;
                for (var row = from; row < from + count; row++)
                {
                    to[at] = all[row];
                    at += (int)(validity[row >> 6] >> row & 1);
                }
                return to;
            }
        }
    }
}
