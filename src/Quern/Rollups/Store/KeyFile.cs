using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Files;
using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>The file of a key whose values are a list: numbers, or where each text ends and then all texts; and a tail with
/// checksums.</summary>
static class KeyFile
{
    static ReadOnlySpan<byte> Magic => "QNKEYS.1"u8;

    /// <summary>Writes the values of a key.</summary>
    /// <returns>Size of the file and the checksum of its tail.</returns>
    /// <exception cref="QuernException">QN8006 disk full; QN8009 the system refused.</exception>
    public static (long Bytes, ulong Checksum) Write(string path, KeyDomain domain)
    {
        var (numbers, texts) = domain switch
        {
            NumberDomain n => (n.Values, default),
            TextDomain t => (t.Ends, t.Bytes),
            _ => throw new InvalidOperationException($"{domain.GetType().Name} is no list"),
        };
        var words = MemoryMarshal.AsBytes(numbers.Span);
        var tail = new Tail
        {
            Count = numbers.Length,
            TextBytes = texts.Length,
            Numbers = Checksum.Of(words),
            Texts = Checksum.Of(texts.Span),
            Magic = MemoryMarshal.Read<ulong>(Magic),
        };
        var end = MemoryMarshal.AsBytes(new ReadOnlySpan<Tail>(in tail));
        try
        {
            using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(handle, words, 0);
            RandomAccess.Write(handle, texts.Span, words.Length);
            RandomAccess.Write(handle, end, (long)words.Length + texts.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFaults.Unwritable(e, path);
        }
        return ((long)words.Length + texts.Length + end.Length, Checksum.Of(end));
    }

    /// <summary>Reads and checks the values of a key.</summary>
    /// <exception cref="QuernException">QN7506 the file is damaged.</exception>
    public static KeyDomain Read(MappedStoreFile file, KeyEntry key)
    {
        var bytes = file.Bytes;
        var tailAt = bytes.Length - Unsafe.SizeOf<Tail>();
        Require(tailAt >= 0, "end", "it is too short");
        // Texts end anywhere.
        var end = bytes.Span<byte>(tailAt, Unsafe.SizeOf<Tail>());
        var tail = MemoryMarshal.Read<Tail>(end);
        var sum = Checksum.Of(end);
        Require(sum == file.Checksum && tail.Magic == MemoryMarshal.Read<ulong>(Magic), "end", StoreFaults.Sums(sum, file.Checksum));
        var fits = tail.Count == key.Count && tail.Count * sizeof(long) + tail.TextBytes == tailAt && tail.TextBytes <= int.MaxValue;
        Require(fits, "end", "it is not the key that the manifest describes");
        var count = checked((int)tail.Count);
        var numbers = bytes.Memory<long>(0, count);
        sum = Checksum.Of(MemoryMarshal.AsBytes(numbers.Span));
        Require(sum == tail.Numbers, key.Kind == KeyKind.Text ? "ends of the texts" : "numbers", StoreFaults.Sums(sum, tail.Numbers));
        if (key.Kind == KeyKind.Number) return new NumberDomain(key.Type, numbers);
        var texts = bytes.Memory<byte>((long)count * sizeof(long), (int)tail.TextBytes);
        sum = Checksum.Of(texts.Span);
        Require(sum == tail.Texts, "texts", StoreFaults.Sums(sum, tail.Texts));
        return new TextDomain(key.Type, numbers, texts, key.IsSorted);

        void Require(bool holds, string part, string why)
        {
            if (!holds) throw StoreFaults.Damaged(file.Path, part, why);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Tail
    {
        public long Count, TextBytes;
        public ulong Numbers, Texts, Magic;
    }
}
