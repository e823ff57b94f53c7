using System.Text;
using Quern.Delivery.Postgres.Binary;
using Quern.Delivery.Postgres.Shapes;

namespace Quern.Tests.Delivery.Postgres;

public sealed class ShapeFuzzTests
{
    static readonly string[] Seeds =
    [
        "POINT(1 2)", "MULTIPOINT((1 2),EMPTY)", "POLYGON Z((0 0 1,4 0 1,4 4 1,0 0 1))", "MULTIPOLYGON(((0 0,4 0,4 4,0 0)))",
        "SRID=4326;GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1e5 1))",
    ];

    [Fact]
    public void Text_that_is_spoilt_is_read_or_refused()
    {
        var random = new Random(7);
        var to = new CopyBuffer(1 << 12);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
            if (random.Next(3) > 0) Spoil(text, random);
            to.Cut(0);
            var length = random.Next(3) > 0 ? text.Length : random.Next(text.Length);
            try
            {
                WktReader.Write(text.AsSpan(0, length), to, ShapeColumn.Any);
                read++;
            }
            catch (UnfitException)
            {
                refused++;
            }
        }
        Assert.True(read > 1000 && refused > 1000, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Binary_that_is_spoilt_is_read_or_refused()
    {
        var random = new Random(7);
        var to = new CopyBuffer(1 << 12);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            to.Cut(0);
            WktReader.Write(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), to, ShapeColumn.Any);
            var bytes = to.Bytes.ToArray();
            var isWhole = random.Next(3) == 0;
            if (!isWhole) Spoil(bytes, random);
            to.Cut(0);
            try
            {
                WkbReader.Write(bytes, to, ShapeColumn.Any);
                read++;
                if (isWhole) Assert.Equal(bytes, to.Bytes.ToArray());
            }
            catch (UnfitException) when (!isWhole)
            {
                refused++;
            }
        }
        Assert.True(read > 1000 && refused > 1000, $"{read} read, {refused} refused");
    }

    static void Spoil(byte[] bytes, Random random)
    {
        for (var n = random.Next(3); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
    }
}
