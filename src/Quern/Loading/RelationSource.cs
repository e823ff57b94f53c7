using Quern.Chunks;
using Quern.Converting.Sources;
using Quern.Duck;
using Quern.Files;

namespace Quern.Loading;

/// <summary>The rows of a table or view that the engine has.</summary>
/// <param name="relation">Its name, as SQL has it.</param>
/// <param name="name">How messages call it.</param>
/// <param name="isTable">It is a table, whose rows are counted without reading them.</param>
sealed class RelationSource(string relation, string name, bool isTable) : Source
{
    Schema? _schema;

    /// <inheritdoc/>
    public override string Kind => "a relation";

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override IReadOnlyList<InputFile> Files => [];

    /// <inheritdoc/>
    public override Schema Schema => _schema ?? throw new InvalidOperationException("the source is not open");

    /// <inheritdoc/>
    public override string Open(DuckSession session, Reading reading)
    {
        Relation = relation;
        using var rows = session.Query($"from {relation} limit 0");
        _schema = rows.Schema;
        return relation;
    }

    /// <summary>A view is a query.</summary>
    public override bool ComesInOrder => isTable;

    /// <summary>The rows of a table; -1 for a view, which would have to be read.</summary>
    public override long CountRows(DuckSession session, CancellationToken cancel) =>
        isTable ? session.Scalar<long>($"select count(*) from {relation}", cancel) : -1;

    /// <inheritdoc/>
    public override IEnumerable<string> Lines() => [relation];
}
