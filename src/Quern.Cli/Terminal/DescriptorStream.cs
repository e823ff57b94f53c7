namespace Quern.Cli.Terminal;

/// <summary>A standard stream to write bytes to, unbuffered.</summary>
/// <remarks>
/// Throws <see cref="BrokenPipeException"/> when nobody reads any more and an <see cref="IOException"/> when the bytes
/// cannot be written; on standard output that is QN9008, since the data is what the user wanted.
/// </remarks>
sealed class DescriptorStream(int descriptor) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            Descriptor.Write(descriptor, buffer);
        }
        catch (IOException e) when (descriptor == Descriptor.Out && e is not BrokenPipeException)
        {
            var fault = new Fault("QN9008", "standard output cannot be written")
            {
                Value = e.Message,
                Try = ["quern ... >FILE     a file on a disk with room"],
            };
            throw new QuernException(fault, e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
