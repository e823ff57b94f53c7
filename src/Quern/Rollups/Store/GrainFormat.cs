using System.Runtime.InteropServices;

namespace Quern.Rollups.Store;

/// <summary>The layout of a file of a grain (docs/rollup-store.md): head, blocks, directory, tail. Numbers are little-endian.</summary>
static class GrainFormat
{
    /// <summary>Rows of each block but the last. Codes of a byte of so many rows fill a first-level cache with room for others.</summary>
    public const int BlockRows = 16_384;

    /// <summary>Blocks, and columns in blocks, begin at multiples of it, so that a vector of any width is aligned.</summary>
    public const int Alignment = 64;

    /// <summary>First and last bytes of a file of a grain.</summary>
    public static ReadOnlySpan<byte> Magic => "QNGRAIN1"u8;

    /// <summary>The next multiple of <see cref="Alignment"/>.</summary>
    public static long Align(long bytes) => (bytes + Alignment - 1) & -Alignment;

    /// <summary>How the dense values of a measure lie over the rows of a block.</summary>
    public static class Presence
    {
        /// <summary>No row has a value.</summary>
        public const byte None = 0;

        /// <summary>Each row has a value.</summary>
        public const byte All = 1;

        /// <summary>A bit a row, then for each word of 64 rows the number of values before it in 16 bits.</summary>
        public const byte Bits = 2;
    }

    /// <summary>The beginning of the directory.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Directory
    {
        public long Rows, CountedRows;
        public int Blocks, Columns, Keys, BlockRows;
    }

    /// <summary>A block, in the directory.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Block
    {
        public long Offset;
        public uint Bytes;
        public int Rows;
        public ulong Checksum;
    }

    /// <summary>A column of a block, in the directory: <c>Count</c> numbers of <c>Width</c> bytes, each less than its value by
    /// <c>Base</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Column
    {
        public long Base;
        public uint Offset, Bytes;

        /// <summary>Least and greatest code of a key.</summary>
        public uint Low, High;

        public int Count;
        public byte Width, Presence;
        public ushort Reserved;
    }

    /// <summary>The end of the file; its magic is <see cref="Magic"/>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Tail
    {
        public long DirectoryOffset;
        public long DirectoryBytes;
        public ulong Checksum, Magic;
    }
}
