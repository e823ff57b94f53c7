using System.Runtime.InteropServices;

// DuckDB compresses Parquet pages with its own copies of zstd and LZ4 and exports their functions under C++ names. The
// signatures are those of zstd.h, lz4.h and xxhash.h; the names were read off libduckdb.so 1.5.6, and a test calls each.
namespace Quern.Duck.Native;

/// <summary>The compressors inside the DuckDB library; load it (<see cref="DuckLibrary.Load"/>) before the first
/// call.</summary>
static unsafe partial class Codecs
{
    const string Zstd = "_ZN11duckdb_zstd";
    const string Lz4 = "_ZN10duckdb_lz4";

    /// <summary>Makes a compression context; null when memory is out.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Zstd + "15ZSTD_createCCtxEv")]
    public static partial nint ZstdCreateCompressor();

    [LibraryImport(Capi.Library, EntryPoint = Zstd + "13ZSTD_freeCCtxEPNS_11ZSTD_CCtx_sE")]
    public static partial nuint ZstdFreeCompressor(nint context);

    /// <summary>Makes a decompression context; null when memory is out.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Zstd + "15ZSTD_createDCtxEv")]
    public static partial nint ZstdCreateDecompressor();

    [LibraryImport(Capi.Library, EntryPoint = Zstd + "13ZSTD_freeDCtxEPNS_11ZSTD_DCtx_sE")]
    public static partial nuint ZstdFreeDecompressor(nint context);

    /// <summary>Bytes that always suffice for one frame.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Zstd + "18ZSTD_compressBoundEm"), SuppressGCTransition]
    public static partial nuint ZstdBound(nuint length);

    /// <summary>Compresses into one frame; its size, or an error.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Zstd + "17ZSTD_compressCCtxEPNS_11ZSTD_CCtx_sEPvmPKvmi")]
    public static partial nuint ZstdCompress(nint context, byte* to, nuint room, byte* from, nuint length, int level);

    /// <summary>Decompresses whole frames; the size of the content, or an error.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Zstd + "19ZSTD_decompressDCtxEPNS_11ZSTD_DCtx_sEPvmPKvm")]
    public static partial nuint ZstdDecompress(nint context, byte* to, nuint room, byte* from, nuint length);

    /// <summary>Decompresses what fits; 0 when a frame is complete and put out, else more is to come, or an
    /// error.</summary>
    [LibraryImport(
        Capi.Library,
        EntryPoint = Zstd + "21ZSTD_decompressStreamEPNS_11ZSTD_DCtx_sEPNS_16ZSTD_outBuffer_sEPNS_15ZSTD_inBuffer_sE")]
    public static partial nuint ZstdDecompressStep(nint context, ZstdBuffer* to, ZstdBuffer* from);

    /// <summary>Not 0 when a returned size is an error.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Zstd + "12ZSTD_isErrorEm"), SuppressGCTransition]
    public static partial uint ZstdIsError(nuint result);

    [LibraryImport(Capi.Library, EntryPoint = Zstd + "17ZSTD_getErrorNameEm")]
    public static partial byte* ZstdErrorName(nuint result);

    [LibraryImport(Capi.Library, EntryPoint = Zstd + "5XXH32EPKvmj")]
    public static partial uint XxHash32(byte* from, nuint length, uint seed);

    /// <summary>Bytes of the working memory of <see cref="Lz4Compress"/>.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Lz4 + "15LZ4_sizeofStateEv"), SuppressGCTransition]
    public static partial int Lz4StateBytes();

    /// <summary>Compresses one block; its size, or 0 when it does not fit. 1 is the usual acceleration.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Lz4 + "26LZ4_compress_fast_extStateEPvPKcPciii")]
    public static partial int Lz4Compress(void* state, byte* from, byte* to, int length, int room, int acceleration);

    /// <summary>Decompresses one block that may refer to the content before it; its size, negative when it is
    /// damaged.</summary>
    [LibraryImport(Capi.Library, EntryPoint = Lz4 + "29LZ4_decompress_safe_usingDictEPKcPciiS1_i")]
    public static partial int Lz4Decompress(byte* from, byte* to, int length, int room, byte* before, int beforeLength);

    /// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>: memory and how far it is used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ZstdBuffer
    {
        public byte* First;
        public nuint Length;
        public nuint Used;
    }
}
