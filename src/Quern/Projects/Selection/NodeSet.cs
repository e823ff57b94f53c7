using System.Numerics;

namespace Quern.Projects.Selection;

/// <summary>A set of the resources of one <see cref="ProjectGraph"/>, a bit each.</summary>
sealed class NodeSet
{
    readonly ulong[] _words;

    public NodeSet(int capacity) => _words = new ulong[(capacity + 63) / 64];

    NodeSet(ulong[] words) => _words = words;

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    /// <summary>The members in ascending order.</summary>
    public IEnumerable<int> Members
    {
        get
        {
            for (var i = 0; i < _words.Length; i++)
            {
                for (var word = _words[i]; word != 0; word &= word - 1) yield return (i * 64) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    public bool this[int member] => (_words[member >> 6] >> (member & 63) & 1) != 0;

    /// <summary>Adds a member; false when it was one already.</summary>
    public bool Add(int member)
    {
        var bit = 1UL << (member & 63);
        var isNew = (_words[member >> 6] & bit) == 0;
        _words[member >> 6] |= bit;
        return isNew;
    }

    public NodeSet Copy() => new((ulong[])_words.Clone());

    public NodeSet With(NodeSet other) => Combine(other, static (a, b) => a | b);

    public NodeSet Within(NodeSet other) => Combine(other, static (a, b) => a & b);

    public NodeSet Without(NodeSet other) => Combine(other, static (a, b) => a & ~b);

    public bool SameAs(NodeSet other) => _words.AsSpan().SequenceEqual(other._words);

    NodeSet Combine(NodeSet other, Func<ulong, ulong, ulong> operation)
    {
        var words = new ulong[_words.Length];
        for (var i = 0; i < words.Length; i++) words[i] = operation(_words[i], other._words[i]);
        return new NodeSet(words);
    }
}
