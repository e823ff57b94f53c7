using System.Numerics;
using System.Runtime.CompilerServices;
using Quern.Arrow.Buffers;
using Vector = Quern.Chunks.Vector;

namespace Quern.Arrow.Writing;

/// <summary>Collects a batch's rows of one field in Arrow's layout: a bit a row for NULL, buffers, children.</summary>
/// <remarks>What lies in a NULL row is written as zeros: the same rows give the same bytes.</remarks>
abstract unsafe class ColumnBuilder : IDisposable
{
    readonly BitBuffer _validity = new();

    /// <summary>Rows collected.</summary>
    public int Rows { get; private set; }

    /// <summary>Appends rows of a vector of the column's type.</summary>
    public void Append(Vector vector, int from, int count)
    {
        if (vector.AllValid) _validity.AppendOnes(count);
        else _validity.Append(vector.Validity, from, count);
        AppendValues(vector, from, count);
        Rows += count;
    }

    /// <summary>Bytes that rows would take beside a fixed number a row: texts, elements of lists.</summary>
    public virtual long VariableBytes(Vector vector, int from, int count) => 0;

    /// <summary>Adds the field and its children to a batch.</summary>
    public virtual void AddTo(BatchBody body)
    {
        body.AddNode(Rows, _validity.Zeros);
        body.AddBuffer(_validity.Zeros == 0 ? default : _validity.Bytes);
        AddBuffers(body);
    }

    /// <summary>Forgets the rows, keeps the memory.</summary>
    public virtual void Clear()
    {
        _validity.Clear();
        Rows = 0;
    }

    /// <summary>Frees the memory.</summary>
    public virtual void Dispose()
    {
        _validity.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Appends the values of rows, zeros for those that are NULL.</summary>
    protected abstract void AppendValues(Vector vector, int from, int count);

    /// <summary>Adds the buffers behind the validity, and the children.</summary>
    protected abstract void AddBuffers(BatchBody body);

    /// <summary>Zeros the NULL rows among values of a fixed size.</summary>
    /// <param name="values">The first row's.</param>
    /// <param name="vector">Says which rows are NULL.</param>
    /// <param name="from">Its first row here.</param>
    /// <param name="count">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void ZeroNulls<T>(T* values, Vector vector, int from, int count) where T : unmanaged
    {
        if (vector.AllValid) return;
        var validity = vector.Validity;
        for (var word = from / 64; word <= (from + count - 1) / 64 && count > 0; word++)
        {
            for (var nulls = ~validity[word]; nulls != 0; nulls &= nulls - 1)
            {
                var row = (word * 64) + BitOperations.TrailingZeroCount(nulls) - from;
                if (row >= 0 && row < count) values[row] = default;
            }
        }
    }
}
