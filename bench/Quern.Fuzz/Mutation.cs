using System.Globalization;
using System.Text;

namespace Quern.Fuzz;

/// <summary>Makes inputs of other inputs and the pieces of a language.</summary>
sealed class Mutation(FuzzTarget target, Random random)
{
    const int MostChanges = 5;
    const int LongestSlice = 64;

    static readonly int[] Depths = [100_000, 10_000, 1_000, 100];

    static readonly string[] Numbers =
    [
        "0", "-1", "1", "2", "63", "64", "65", "127", "255", "4096", "2147483647", "2147483648", "-2147483649", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e308", "1e-400", "1e999", "0.1", "00", "1_0", "0x7f", "1.",
    ];

    readonly byte[][] _tokens = [.. target.Tokens.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Inputs that are as deep or as long as may be.</summary>
    /// <param name="most">Levels or repetitions.</param>
    public IEnumerable<byte[]> Deep(int most)
    {
        foreach (var count in Depths.Where(c => c <= most))
        {
            foreach (var (open, inside, close) in target.Nesting)
            {
                if (count * (open.Length + close.Length) > 1 << 20) continue;
                yield return Encoding.UTF8.GetBytes(Repeat(open, count) + inside + Repeat(close, count));
                yield return Encoding.UTF8.GetBytes(Repeat(open, count) + inside);
            }
        }
    }

    /// <summary>An input made of one of the corpus.</summary>
    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        var input = new List<byte>(Pick(corpus));
        for (var changes = random.Next(1, MostChanges + 1); changes > 0; changes--) Change(input, corpus);
        if (input.Count > target.MostBytes) input.RemoveRange(target.MostBytes, input.Count - target.MostBytes);
        return [.. input];
    }

    // The newest ones lead on more often than the others.
    byte[] Pick(IReadOnlyList<byte[]> corpus) => corpus[
        random.Next(2) == 0 ? random.Next(corpus.Count) : corpus.Count - 1 - random.Next((corpus.Count + 3) / 4)];

    void Change(List<byte> input, IReadOnlyList<byte[]> corpus)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(random.Next(2) == 0 ? 8 : LongestSlice), input.Count - at);
        switch (random.Next(12))
        {
            case 0:
                input.RemoveRange(at, length);
                break;
            case 1 or 2:
                input.InsertRange(at, Token());
                break;
            case 3 or 4:
                input.RemoveRange(at, length);
                input.InsertRange(at, Token());
                break;
            case 5:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 6:
                var other = Pick(corpus);
                var from = random.Next(other.Length + 1);
                input.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(4 * LongestSlice), other.Length - from)).ToArray());
                break;
            case 7:
                if (at < input.Count) input[at] = (byte)random.Next(256);
                break;
            case 8:
                Nest(input, at, length);
                break;
            case 9:
                input.InsertRange(at, Enumerable.Repeat(Token(), random.Next(1, 1 << random.Next(9))).SelectMany(piece => piece));
                break;
            case 10:
                Number(input, at);
                break;
            default:
                var moved = input.GetRange(at, length);
                input.RemoveRange(at, length);
                input.InsertRange(random.Next(input.Count + 1), moved);
                break;
        }
    }

    void Nest(List<byte> input, int at, int length)
    {
        if (target.Nesting.Count == 0) return;
        var (open, _, close) = target.Nesting[random.Next(target.Nesting.Count)];
        var count = random.Next(1, 1 << random.Next(1, 10));
        input.InsertRange(at + length, Encoding.UTF8.GetBytes(Repeat(close, count)));
        input.InsertRange(at, Encoding.UTF8.GetBytes(Repeat(open, count)));
    }

    void Number(List<byte> input, int at)
    {
        while (at < input.Count && !char.IsAsciiDigit((char)input[at])) at++;
        var end = at;
        while (end < input.Count && char.IsAsciiDigit((char)input[end])) end++;
        input.RemoveRange(at, end - at);
        var text = random.Next(3) == 0
            ? random.NextInt64().ToString(CultureInfo.InvariantCulture)
            : Numbers[random.Next(Numbers.Length)];
        input.InsertRange(at, Encoding.UTF8.GetBytes(text));
    }

    byte[] Token() => _tokens[random.Next(_tokens.Length)];

    static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
