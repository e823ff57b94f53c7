using Quern.Chunks;
using Quern.Delivery.Parquet;
using Quern.Folding;

namespace Quern.Rollups.Building;

/// <summary>The rows that a fold keeps, as Parquet, written in the pass that folds.</summary>
/// <param name="path">Absolute path of the file.</param>
/// <param name="rows">Its columns.</param>
sealed class FallbackRows(string path, Schema rows) : IDisposable
{
    /// <summary>Name of the file in a store.</summary>
    public const string Name = "rows.parquet";

    readonly Lock _gate = new();
    readonly List<ParquetWitness> _witnesses = [];
    ParquetWriter? _writer;

    /// <summary>What sees the rows of one more thread.</summary>
    public RowWitness Witness()
    {
        lock (_gate)
        {
            _writer ??= new ParquetWriter(path, rows);
            var witness = new ParquetWitness(_writer);
            _witnesses.Add(witness);
            return witness;
        }
    }

    /// <summary>Forgets all rows.</summary>
    public void Restart()
    {
        Dispose();
        File.Delete(path);
    }

    /// <summary>Completes the file.</summary>
    /// <param name="kept">Rows that were kept.</param>
    /// <exception cref="QuernException">QN9007: other rows were seen.</exception>
    public void Complete(long kept)
    {
        _writer ??= new ParquetWriter(path, rows);
        var written = _writer.Complete();
        if (written == kept) return;
        throw new QuernException(new Fault("QN9007", "rows were lost")
        {
            Where = Name,
            Value = FormattableString.Invariant($"{written:N0} rows"),
            Wanted = FormattableString.Invariant($"{kept:N0}, as many as were kept"),
            Try = ["keep the inputs and report this: it is a defect of Quern, and the outputs are not to be trusted"],
        });
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (var witness in _witnesses) witness.Dispose();
        _witnesses.Clear();
        _writer?.Dispose();
        _writer = null;
    }
}
