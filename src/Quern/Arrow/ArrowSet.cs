using Quern.Chunks;

namespace Quern.Arrow;

/// <summary>The files of an <see cref="ArrowRead"/>, opened.</summary>
public sealed class ArrowSet : IDisposable
{
    readonly List<ArrowFile> _files = [];
    readonly List<(ArrowFile File, int Batch)> _batches = [];

    /// <summary>Opens the files and reads what they say of themselves.</summary>
    /// <exception cref="QuernException">As <see cref="ArrowFile.Open"/>; QN3254: they have different columns.</exception>
    public ArrowSet(ArrowRead read)
    {
        ArgumentOutOfRangeException.ThrowIfZero(read.Paths.Count);
        try
        {
            for (var i = 0; i < read.Paths.Count; i++) Add(ArrowFile.Open(read.Paths[i], read.Names?[i]));
        }
        catch
        {
            Dispose();
            throw;
        }
        FileColumns = _files[0].Schema.Count;
        Schema = read.BatchColumn is not { } name
            ? _files[0].Schema
            : new Schema([.. _files[0].Schema.Columns, new Column(name, LogicalType.Of(TypeKind.BigInt))]);
    }

    /// <summary>Names and types of the columns.</summary>
    public Schema Schema { get; }

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<ArrowFile> Files => _files;

    /// <summary>Rows of all files.</summary>
    public long Rows => _files.Sum(file => file.Rows);

    /// <summary>Columns that lie in the files; one behind them is the ordinal of the batch.</summary>
    internal int FileColumns { get; }

    /// <summary>All batches of all files.</summary>
    internal IReadOnlyList<(ArrowFile File, int Batch)> Batches => _batches;

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    void Add(ArrowFile file)
    {
        _files.Add(file);
        var (wanted, found) = (_files[0].Schema.Columns, file.Schema.Columns);
        if (wanted.Count != found.Count) throw ArrowFaults.Differ(file.Name, file.Schema.ToString(), _files[0].Schema.ToString());
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] != found[i]) throw ArrowFaults.Differ(file.Name, Shown(found[i]), $"{Shown(wanted[i])}, as in {_files[0].Name}");
        }
        for (var i = 0; i < file.Batches; i++) _batches.Add((file, i));
    }

    static string Shown(Column column) => $"\"{column.Name}\" {column.Type}";
}
