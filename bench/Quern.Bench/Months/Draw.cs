// Randomness without state: every figure of a month is a function of (seed, what it is for, index), so that rows can be
// made in any order and on any number of threads and still be the same bytes. The mixing function is the output step of
// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
namespace Quern.Bench.Months;

/// <summary>A short sequence of random numbers that belongs to one thing: a pod, a node, a label set.</summary>
struct Draw
{
    const ulong Golden = 0x9E3779B97F4A7C15;
    ulong _state;

    /// <param name="seed">Seed of the month.</param>
    /// <param name="topic">What the numbers are for; different topics never share a sequence.</param>
    /// <param name="index">Which of them.</param>
    public Draw(ulong seed, Topic topic, long index) =>
        _state = Mix(seed + (Golden * (ulong)topic)) ^ Mix((ulong)index + Golden);

    /// <summary>64 random bits out of any 64 bits; a bijection.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(_state += Golden);

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(((UInt128)Next() * (ulong)bound) >> 64);

    /// <summary>True once in <paramref name="times"/> on average.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>One of the items.</summary>
    public T Of<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>Lower-case hexadecimal digits, at most 16.</summary>
    public string Hex(int digits) => Next().ToString("x16", null)[..digits];
}

/// <summary>What a sequence of random numbers is for.</summary>
enum Topic
{
    Node = 1,
    Namespace,
    LabelSet,
    Workload,
    Pod,
    PodHour,
    Volume,
    VolumeHour,
    CapacityHour,
}
