using System.Globalization;
using Quern.Arrow;
using Quern.Chunks;
using Quern.Duck;
using Quern.Files;

namespace Quern.Converting.Sources;

/// <summary>Arrow IPC files with the same columns.</summary>
/// <param name="files">The files.</param>
sealed class ArrowSource(IReadOnlyList<InputFile> files) : Source
{
    Schema? _schema;
    long _rows;
    bool _canBeMapped;

    /// <inheritdoc/>
    public override string Kind => "Arrow";

    /// <inheritdoc/>
    public override IReadOnlyList<InputFile> Files => files;

    /// <inheritdoc/>
    public override Schema Schema => _schema ?? throw new InvalidOperationException("the source is not open");

    /// <inheritdoc/>
    public override string Open(DuckSession session, Reading reading)
    {
        var read = new ArrowRead { Paths = [.. files.Select(f => f.Path)], Names = [.. files.Select(f => f.Name)] };
        using (var set = new ArrowSet(read))
        {
            _schema = set.Schema;
            _rows = set.Rows;
            _canBeMapped = set.Files.All(file => file.CanBeMapped);
        }
        session.Register(new ArrowView(View, read, reading.InOrder ? 1 : reading.Threads));
        return Relation = $"{View}()";
    }

    /// <inheritdoc/>
    public override long CountRows(DuckSession session, CancellationToken cancel) => _rows;

    /// <inheritdoc/>
    public override IEnumerable<string> Lines()
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Schema.Count} columns, {_rows:N0} rows, {(_canBeMapped ? "not compressed: readers can map it" : "compressed")}");
    }
}
