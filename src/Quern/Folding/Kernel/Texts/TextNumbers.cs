using Quern.Chunks;
using Quern.Folding.Kernel.Lanes;

namespace Quern.Folding.Kernel.Texts;

/// <summary>All texts of a key by their numbers, in the order in which threads met them.</summary>
/// <param name="mostBytes">What the texts may take.</param>
/// <param name="name">The key.</param>
sealed unsafe class TextNumbers(long mostBytes, string name) : IDisposable
{
    /// <summary>What a text takes beside its bytes, here and in the caches of two threads.</summary>
    const int OverheadBytes = 150;

    readonly Lock _gate = new();
    readonly TextArena _bytes = new();
    readonly List<Text> _texts = [];
    readonly Dictionary<ulong, uint> _byHash = [];
    readonly Dictionary<uint, uint> _next = [];
    long _size;

    /// <summary>How many texts.</summary>
    public int Count
    {
        get { lock (_gate) return _texts.Count; }
    }

    /// <summary>The text of a number; it stays where it is.</summary>
    public Text this[int number] => _texts[number];

    /// <summary>The number of a text, which is a new one for a new text.</summary>
    /// <param name="text">The text, copied if it is new.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="kept">The same text, which stays where it is.</param>
    /// <exception cref="Planning.TooManyTexts">There are too many.</exception>
    public uint Number(in Text text, ulong hash, out Text kept)
    {
        lock (_gate)
        {
            var number = _byHash.GetValueOrDefault(hash, uint.MaxValue);
            while (number != uint.MaxValue)
            {
                kept = _texts[(int)number];
                if (kept.Bytes.SequenceEqual(text.Bytes)) return number;
                number = _next.GetValueOrDefault(number, uint.MaxValue);
            }
            kept = Keep(text);
            number = (uint)_texts.Count;
            if (_byHash.TryGetValue(hash, out var other)) _next[number] = other;
            _byHash[hash] = number;
            _texts.Add(kept);
            return number;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    Text Keep(in Text text)
    {
        _size += text.Length + OverheadBytes;
        if (_size > mostBytes) throw new Planning.TooManyTexts(name);
        if (text.Length <= Text.InlineBytes) return text;
        var to = _bytes.Take(text.Length);
        text.Bytes.CopyTo(new(to, text.Length));
        return new Text(to, text.Length);
    }
}
