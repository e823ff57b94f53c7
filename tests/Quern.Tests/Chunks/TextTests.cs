using Quern.Chunks;

namespace Quern.Tests.Chunks;

public unsafe class TextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("twelve bytes")]
    [InlineData("thirteen byte")]
    public void Holds_short_texts_in_place_and_points_at_long_ones(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text + "tail");
        fixed (byte* first = bytes)
        {
            var held = new Text(first, text.Length);
            Assert.Equal(text, held.ToString());
            Assert.Equal((text.Length, text.Length == 0), (held.Length, held.IsEmpty));
            bytes.AsSpan().Fill((byte)'x');
            Assert.Equal(text.Length <= Text.InlineBytes ? text : new string('x', text.Length), held.ToString());
        }
    }
}
