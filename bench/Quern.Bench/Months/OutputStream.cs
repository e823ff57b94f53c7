using System.Security.Cryptography;

namespace Quern.Bench.Months;

/// <summary>Writes to a file and hashes what passes; <see cref="Complete"/> gives the file its name.</summary>
sealed class OutputStream : Stream
{
    readonly string _path;
    readonly FileStream _file;
    readonly IncrementalHash? _hash;
    long _bytes;

    /// <param name="path">Where the complete file goes.</param>
    /// <param name="hash">Whether to hash.</param>
    public OutputStream(string path, bool hash)
    {
        _path = path;
        _file = new(path + ".part", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        _hash = hash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _bytes;

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash?.AppendData(buffer);
        _file.Write(buffer);
        _bytes += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Closes the file and gives it its name.</summary>
    public FinishedFile Complete(long rows)
    {
        _file.Dispose();
        File.Move(_path + ".part", _path, overwrite: true);
        var sha256 = _hash is null ? "" : Convert.ToHexStringLower(_hash.GetHashAndReset());
        return new(_path, rows, _bytes, sha256);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash?.Dispose();
        }
        base.Dispose(disposing);
    }
}
