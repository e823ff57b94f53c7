namespace Quern.Csv.Records;

/// <summary>Cells with their places, for small files and for messages: on one thread, in the order of the rows.</summary>
static class CsvCells
{
    /// <summary>Shows cells, a batch of rows at a time and in it column by column.</summary>
    /// <param name="read">What is read; its types do not matter.</param>
    /// <param name="columns">Positions of the columns.</param>
    /// <param name="look">Is shown each cell.</param>
    /// <param name="isDone">Asked between batches whether that is enough. Default: never.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">The file cannot be read, or a row is damaged.</exception>
    public static void Look(
        CsvRead read, IReadOnlyList<int> columns, CellLook look, Func<bool>? isDone = null, CancellationToken cancel = default)
    {
        CsvRead? looked = null;
        looked = read with { Observe = column => new LookParser(looked!, column, look) };
        using var pass = new CsvPass(looked, columns);
        using var reader = pass.OpenReader(isOnly: true);
        using var sink = new DropSink();
        while (isDone?.Invoke() != true && reader.Fill(sink) > 0) cancel.ThrowIfCancellationRequested();
    }
}
