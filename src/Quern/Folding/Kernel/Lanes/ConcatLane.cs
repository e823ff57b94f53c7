using System.Buffers.Text;
using Quern.Chunks;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>Texts and whole numbers joined to one text; NULL when one is NULL.</summary>
/// <param name="terms">The parts.</param>
/// <param name="lane">Where values go.</param>
sealed unsafe class ConcatLane(IReadOnlyList<LaneTerm> terms, Lane lane) : LaneTerm(lane)
{
    const int NumberBytes = 20;

    readonly TextRoom _texts = new();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _texts.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
        _texts.Clear();
        Lane.ClearNulls();
        foreach (var term in terms) Lane.AddNulls(term.Evaluate(rows, chunk));
        for (var row = 0; row < rows; row++)
            if (!(Lane.HasNulls && Lane.IsNull(row))) Lane.Texts[row] = Joined(row);
    }

    Text Joined(int row)
    {
        var most = 0;
        foreach (var term in terms) most += term.Lane.Kind == LaneKind.Text ? term.Lane.Texts[row].Length : NumberBytes;
        var to = new Span<byte>(_texts.Take(most), most);
        var length = 0;
        foreach (var term in terms)
        {
            if (term.Lane.Kind == LaneKind.Text)
            {
                var bytes = term.Lane.Texts[row].Bytes;
                bytes.CopyTo(to[length..]);
                length += bytes.Length;
            }
            else
            {
                Utf8Formatter.TryFormat(term.Lane.Values[row], to[length..], out var written);
                length += written;
            }
        }
        fixed (byte* bytes = to) return new Text(bytes, length);
    }
}
