using Quern.Chunks;
using Quern.Duck;

namespace Quern.Tests.Duck;

public class ChunkBufferTests
{
    static readonly LogicalType Integer = LogicalType.Of(TypeKind.Integer);
    static readonly LogicalType Varchar = LogicalType.Of(TypeKind.Varchar);

    [Fact]
    public void Holds_texts_short_and_long()
    {
        using var buffer = new ChunkBuffer(new Schema([new Column("a", Varchar)]));
        string[] texts = ["", "twelve bytes", "thirteen byte", "Zürich, a longer one with an umlaut"];
        for (var i = 0; i < texts.Length; i++) buffer.Writer[0].SetText(i, texts[i]);
        buffer.Writer[0].SetNull(texts.Length);
        buffer.Writer.Rows = texts.Length + 1;
        Assert.Equal([.. texts, "NULL"], Texts(buffer.Read()[0]));
    }

    [Fact]
    public void Lists_grow_beyond_the_first_child()
    {
        var type = LogicalType.List(LogicalType.Struct([new Column("i", Integer), new Column("s", LogicalType.List(Varchar))]));
        using var buffer = new ChunkBuffer(new Schema([new Column("a", type)]));
        const int Rows = 1500;
        for (var row = 0; row < Rows; row++)
        {
            var list = buffer.Writer[0];
            var first = list.AddList(row, 3);
            for (var i = first; i < first + 3; i++)
            {
                list.Child.Field(0).Values<int>()[i] = i;
                if (i % 7 == 0) list.Child.Field(0).SetNull(i);
                var inner = list.Child.Field(1).AddList(i, 2);
                list.Child.Field(1).Child.SetText(inner, $"a text of element {i}");
                list.Child.Field(1).Child.SetNull(inner + 1);
            }
        }
        buffer.Writer.Rows = Rows;
        var vector = buffer.Read()[0];
        Assert.Equal(Rows * 3, vector.Child.Length);
        Assert.Equal(
            "[{'i': NULL, 's': [a text of element 4494, NULL]}, {'i': 4495, 's': [a text of element 4495, NULL]}, " +
            "{'i': 4496, 's': [a text of element 4496, NULL]}]",
            ValueText.Read(vector, 1498));
    }

    [Fact]
    public void Clearing_forgets_rows_and_nulls()
    {
        using var buffer = new ChunkBuffer(new Schema([new Column("a", Integer)]));
        buffer.Writer[0].SetNull(0);
        buffer.Writer.Rows = 1;
        buffer.Clear();
        Assert.Equal(0, buffer.Writer.Rows);
        buffer.Writer[0].Values<int>()[0] = 5;
        buffer.Writer.Rows = 1;
        Assert.Equal(["5"], Texts(buffer.Read()[0]));
    }

    [Fact]
    public void Refuses_what_is_not_UTF8()
    {
        using var buffer = new ChunkBuffer(new Schema([new Column("a", Varchar)]));
        var thrown = Assert.Throws<QuernException>(() => buffer.Writer[0].SetText(0, [0x61, 0xFF]));
        Assert.Equal("error QN9041: a text is not UTF-8\n  value   61FF\n  wanted  UTF-8, as VARCHAR holds it", thrown.Fault.ToString());
    }

    [Fact]
    public void Refuses_values_of_another_width()
    {
        using var buffer = new ChunkBuffer(new Schema([new Column("a", Integer)]));
        var thrown = Assert.Throws<InvalidOperationException>(() => buffer.Writer[0].Values<long>().Length);
        Assert.Equal("a vector of INTEGER has no values of 8 bytes", thrown.Message);
        Assert.Throws<InvalidOperationException>(() => buffer.Read()[0].Values<short>().Length);
    }

    [Fact]
    public void Cannot_be_used_after_dispose()
    {
        var buffer = new ChunkBuffer(new Schema([new Column("a", Integer)]));
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Writer.Rows);
        Assert.Throws<ObjectDisposedException>(buffer.Clear);
        Assert.Throws<ObjectDisposedException>(buffer.Read);
        buffer.Dispose();
    }

    static string[] Texts(Vector vector)
    {
        var texts = new string[vector.Length];
        for (var row = 0; row < texts.Length; row++) texts[row] = ValueText.Read(vector, row);
        return texts;
    }
}
