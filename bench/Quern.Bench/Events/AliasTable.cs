namespace Quern.Bench.Events;

/// <summary>Picks one of some ranks by their weights, in constant time: Walker's alias method.</summary>
sealed class AliasTable
{
    readonly double[] _cut;
    readonly uint[] _other;

    public AliasTable(double[] weights)
    {
        var n = weights.Length;
        _cut = new double[n];
        _other = new uint[n];
        var small = new Stack<uint>(n);
        var large = new Stack<uint>(n);
        // Added one by one: the sum decides about bytes of the files.
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        for (var i = 0u; i < n; i++)
        {
            _cut[i] = weights[i] * n / total;
            _other[i] = i;
            (_cut[i] < 1 ? small : large).Push(i);
        }
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _other[less] = more;
            _cut[more] -= 1.0 - _cut[less];
            (_cut[more] < 1 ? small : large).Push(more);
        }
        foreach (var rest in small) _cut[rest] = 1;
        foreach (var rest in large) _cut[rest] = 1;
    }

    /// <summary>Ranks of a flattened Zipf distribution: the first ones dominate, none is starved.</summary>
    /// <param name="count">How many ranks.</param>
    /// <param name="flat">The higher, the flatter.</param>
    public static AliasTable Ranked(int count, double flat)
    {
        var weights = new double[count];
        for (var i = 0; i < count; i++) weights[i] = 1.0 / Math.Sqrt((i + flat) * Math.Sqrt(i + flat));
        return new AliasTable(weights);
    }

    /// <summary>A rank.</summary>
    public uint Pick(Xoshiro random)
    {
        var i = random.Below((uint)_cut.Length);
        return random.Unit() < _cut[i] ? i : _other[i];
    }
}
