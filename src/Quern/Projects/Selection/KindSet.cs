using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>A set of kinds, a bit each: unlike a collection it needs no code to be compiled while a command starts.</summary>
readonly struct KindSet
{
    readonly uint _bits;

    KindSet(uint bits) => _bits = bits;

    /// <summary>A set of one kind.</summary>
    public static KindSet Of(ResourceKind kind) => new(1u << (int)kind);

    /// <summary>Whether a kind is in it.</summary>
    public bool Contains(ResourceKind kind) => (_bits >> (int)kind & 1) != 0;

    public static KindSet operator |(KindSet left, KindSet right) => new(left._bits | right._bits);

    public static KindSet operator &(KindSet left, KindSet right) => new(left._bits & right._bits);

    /// <summary>What is in the first and not in the second.</summary>
    public static KindSet operator -(KindSet left, KindSet right) => new(left._bits & ~right._bits);

    public static implicit operator KindSet(ResourceKind kind) => Of(kind);
}
