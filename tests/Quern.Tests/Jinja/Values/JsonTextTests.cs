using System.Text.Json;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja.Values;

public class JsonTextTests
{
    [Fact]
    public void Keeps_the_order_of_keys_unless_told_to_sort()
    {
        var value = new Dict { ["b"] = new List<object?> { 1L, null, 2.5 }, ["a"] = "<é>" };
        Assert.Equal("""{"b": [1, null, 2.5], "a": "<\u00e9>"}""", JsonText.Write(value, sortKeys: false));
        Assert.Equal("""{"a": "<\u00e9>", "b": [1, null, 2.5]}""", JsonText.Write(value, sortKeys: true));
    }

    [Fact]
    public void Writes_texts_that_any_reader_reads_back()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(20)).Select(_ => (char)random.Next(1, 0xd7ff))]);
            Assert.Equal(text, JsonDocument.Parse(JsonText.Write(text, false)).RootElement.GetString());
        }
    }
}
