using System.Numerics;

namespace Quern.Bench.Events;

/// <summary>Random numbers: xoshiro256** of Blackman and Vigna, its state filled by splitmix64.</summary>
sealed class Xoshiro
{
    readonly ulong[] _state = new ulong[4];

    public Xoshiro(ulong seed)
    {
        for (var i = 0; i < _state.Length; i++) _state[i] = SplitMix(ref seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var s = _state;
        var result = BitOperations.RotateLeft(s[1] * 5, 7) * 9;
        var shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = BitOperations.RotateLeft(s[3], 45);
        return result;
    }

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to below a limit.</summary>
    public uint Below(uint limit) => (uint)(((Next() >> 32) * limit) >> 32);

    static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
