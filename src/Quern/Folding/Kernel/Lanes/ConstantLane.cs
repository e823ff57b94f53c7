using System.Text;
using Quern.Chunks;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>The same value in all rows.</summary>
sealed unsafe class ConstantLane : LaneTerm
{
    readonly TextRoom _text = new();

    /// <summary>A lane of a value.</summary>
    /// <param name="value">A number of 64 bits, a <see cref="double"/> or a text; null for NULL.</param>
    /// <param name="lane">Where it goes.</param>
    public ConstantLane(object? value, Lane lane) : base(lane)
    {
        for (var row = 0; value is null && row < Chunk.Capacity; row++) lane.SetNull(row);
        switch (value)
        {
            case long number:
                new Span<long>(lane.Values, Chunk.Capacity).Fill(number);
                break;
            case double number:
                new Span<double>(lane.Doubles, Chunk.Capacity).Fill(number);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                var at = _text.Take(bytes.Length);
                bytes.CopyTo(new Span<byte>(at, bytes.Length));
                new Span<Text>(lane.Texts, Chunk.Capacity).Fill(new Text(at, bytes.Length));
                break;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _text.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
    }
}
