using Quern.Chunks;
using Quern.Duck;

namespace Quern.Delivery.Folder;

/// <summary>Rows of one result, dealt in their order to queries that come one after another.</summary>
/// <param name="rows">The result; not disposed here.</param>
sealed class DealtRows(DuckResult rows) : TableFunction
{
    Chunk? _chunk;
    int _at;

    /// <inheritdoc/>
    public override string Name => "quern_dealt_rows";

    /// <summary>The number of rows that all queries together have had when the one at hand ends. Default: 0.</summary>
    public long Until { get; set; }

    /// <summary>Rows that were dealt so far.</summary>
    public long Dealt { get; private set; }

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments) => new Source(this);

    void Fill(ChunkWriter output)
    {
        if (Dealt >= Until) return;
        if (_chunk is null || _at == _chunk.Rows) (_chunk, _at) = (rows.Next(), 0);
        if (_chunk is null) return;
        var count = (int)Math.Min(_chunk.Rows - _at, Until - Dealt);
        output.Copy(_chunk, _at, count);
        _at += count;
        Dealt += count;
    }

    sealed class Source(DealtRows dealt) : TableSource
    {
        public override Schema Schema => dealt.Rows;

        public override TableScan Scan(IReadOnlyList<int> columns) => new OneScan(dealt);
    }

    Schema Rows => rows.Schema;

    sealed class OneScan(DealtRows dealt) : TableScan
    {
        public override TableReader Open() => new OneReader(dealt);
    }

    sealed class OneReader(DealtRows dealt) : TableReader
    {
        public override void Fill(ChunkWriter output) => dealt.Fill(output);
    }
}
