using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Quern.Arrow.Buffers;
using Quern.Chunks;
using Quern.Delivery.Parquet.Metadata;
using Quern.Delivery.Parquet.Writing;

namespace Quern.Delivery.Parquet;

/// <summary>Writes chunks of any source as a Parquet file, from any number of threads.</summary>
/// <remarks>
/// <para>Each thread has a <see cref="RowGroupBuilder"/> of its own (<see cref="Builder"/>), fills it with chunks, and hands each row
/// group that is full, and the last one, to <see cref="Append(RowGroupBuilder)"/>; row groups lie in the file in the order of these calls.
/// <see cref="Complete"/> writes the footer. Whether a file appears whole is up to the caller: hand in the path of one that is
/// renamed when it is complete.</para>
/// <para>Pages are of version 1. A column has a dictionary in each row group where that pays; else whole numbers and moments are
/// written as steps where these are small, floating point numbers byte by byte (first bytes of all, then second ones), and all
/// others plain. DuckDB, Polars, ClickHouse and Arrow read all of these. Types are those of the engine's writer. Source: Parquet
/// format 2.11.</para>
/// </remarks>
sealed class ParquetWriter : IDisposable
{
    static ReadOnlySpan<byte> Magic => "PAR1"u8;

    readonly SafeFileHandle _file;
    readonly Lock _gate = new();
    readonly Stack<EncodedGroup> _free = new();
    readonly Footer _footer;
    long _bytes;

    /// <summary>Begins a file, at a path where there is none.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="schema">Columns of the chunks, all of types that <see cref="Refused"/> has nothing against.</param>
    /// <param name="options">Default: as <see cref="ParquetOptions"/> says.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public ParquetWriter(string path, Schema schema, ParquetOptions? options = null)
    {
        Schema = schema;
        Options = options ?? new ParquetOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.RowGroupRows, 1);
        _footer = new Footer([.. schema.Columns.Select(c => ParquetColumn.Of(c) ?? throw new ArgumentException($"{c.Type}", nameof(schema)))]);
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Put(Magic);
    }

    /// <summary>Columns of the chunks.</summary>
    public Schema Schema { get; }

    /// <summary>How the file is made.</summary>
    public ParquetOptions Options { get; }

    /// <summary>The first column whose type has no form here; null when there is none.</summary>
    public static Column? Refused(Schema schema) => schema.Columns.FirstOrDefault(c => ParquetColumn.Of(c) is null);

    /// <summary>A builder for one more thread.</summary>
    public RowGroupBuilder Builder() => new(this);

    /// <summary>Ends the row group of a builder and appends it, unless it is empty. For many threads at once.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(RowGroupBuilder builder)
    {
        if (builder.Rows > 0) Append(builder.Close());
    }

    /// <summary>Appends a row group. For many threads at once.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Append(EncodedGroup group)
    {
        long at;
        lock (_gate)
        {
            at = _bytes;
            _bytes += group.Bytes.Length;
            if (group.Rows > 0) _footer.Add(group.Chunks, group.Rows, at);
        }
        RandomAccess.Write(_file, group.Bytes.Bytes, at);
        lock (_gate) _free.Push(group);
    }

    /// <summary>Writes the footer, when all row groups were appended.</summary>
    /// <returns>Rows of all row groups.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public long Complete()
    {
        using var footer = new NativeBuffer();
        _footer.Write(footer);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        footer.Append(length);
        footer.Append(Magic);
        Put(footer.Bytes);
        _file.Dispose();
        return _footer.Rows;
    }

    /// <summary>Frees the memory; without <see cref="Complete"/> the file is no whole one.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _footer.Dispose();
        foreach (var group in _free) group.Dispose();
    }

    /// <summary>An empty row group, of memory that was used before when there is some.</summary>
    internal EncodedGroup Rent()
    {
        EncodedGroup? group;
        lock (_gate) _free.TryPop(out group);
        group ??= new EncodedGroup(Schema.Count);
        group.Bytes.Cut();
        group.Rows = 0;
        return group;
    }

    void Put(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _bytes);
        _bytes += bytes.Length;
    }
}
