using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a context of zstd: <c>ZSTD_CCtx</c> to compress, <c>ZSTD_DCtx</c> to decompress.</summary>
sealed class ZstdHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    readonly bool _compresses;

    public ZstdHandle(bool compresses) : base(ownsHandle: true)
    {
        DuckLibrary.Load();
        _compresses = compresses;
        SetHandle(compresses ? Codecs.ZstdCreateCompressor() : Codecs.ZstdCreateDecompressor());
        if (IsInvalid) throw new InsufficientMemoryException("no memory for a context of zstd");
    }

    /// <summary>The context; this handle must outlive its use.</summary>
    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        if (_compresses) Codecs.ZstdFreeCompressor(handle);
        else Codecs.ZstdFreeDecompressor(handle);
        return true;
    }
}
