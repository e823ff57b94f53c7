using Quern.Delivery;

namespace Quern.Tests.Delivery.Sqlite;

/// <summary>Keeps rows that are set aside, up to a number.</summary>
sealed class Aside(int most = int.MaxValue) : RefusedRows
{
    public List<(long Number, string? Column, string Code, string Message)> All { get; } = [];

    public override long Rows => All.Count;

    public override void Add(long number, string? column, string code, string message)
    {
        All.Add((number, column, code, message));
        if (All.Count > most) throw new QuernException(new Fault("QN3005", "too many"));
    }

    public override void Clear() => All.Clear();
}
