using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

/// <summary>Texts as an array of UTF-8 C strings, freed on dispose.</summary>
sealed unsafe class NativeNames : IDisposable
{
    readonly byte** _pointers;

    public NativeNames(IReadOnlyList<string> names)
    {
        Count = names.Count;
        _pointers = (byte**)NativeMemory.AllocZeroed((nuint)Math.Max(Count, 1), (nuint)sizeof(byte*));
        for (var i = 0; i < Count; i++) _pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(names[i]);
    }

    public int Count { get; }

    public byte** Pointers => _pointers;

    public void Dispose()
    {
        for (var i = 0; i < Count; i++) Marshal.FreeCoTaskMem((nint)_pointers[i]);
        NativeMemory.Free(_pointers);
    }
}
