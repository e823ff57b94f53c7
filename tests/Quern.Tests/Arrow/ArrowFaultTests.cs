using Quern.Arrow;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Arrow;

public sealed class ArrowFaultTests : IDisposable
{
    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("time_tz", "'10:00:00+01'::timetz", "TIME WITH TIME ZONE")]
    [InlineData("bits", "'101'::bit", "BIT")]
    public void A_column_that_arrow_has_no_type_for_is_named(string name, string value, string type)
    {
        var fault = Fault(() => ArrowFiles.Write(_session, $"select 1 as a, {value} as {name}", _folder["a.arrow"]));
        Assert.Equal(
            $"""
            error QN8150: Arrow has no type for a column
              where   column "{name}"
              value   {type}
              try     cast it in SQL: "{name}"::VARCHAR
                      leave the column out
            """,
            fault.ToString());
    }

    [Fact]
    public void A_hugeint_of_39_digits_is_refused_when_it_is_met()
    {
        var fault = Fault(() => ArrowFiles.Write(
            _session, "select if(i = 5, '170141183460469231731687303715884105727'::hugeint, i) as h from range(9) r(i)", _folder["a.arrow"]));
        Assert.Equal(
            """
            error QN8151: a value does not fit the Arrow type of its column
              where   column "h", HUGEINT
              value   170141183460469231731687303715884105727
              wanted  at most 38 digits: Arrow has no whole numbers of 128 bits, they become decimal(38, 0)
              try     cast it in SQL: "h"::VARCHAR
            """,
            fault.ToString());
    }

    [Fact]
    public void What_is_not_arrow_is_refused()
    {
        var path = _folder.Write("a.arrow", "PAR1 and so on");
        Assert.Equal(
            """
            error QN3250: not an Arrow file
              where   a.arrow
              wanted  ARROW1 in front, or a stream of Arrow messages
              try     Feather files of version 1 must be written again, as version 2
            """,
            Fault(() => ArrowFiles.Rows(path)).ToString());
    }

    [Theory]
    [InlineData(ArrowCodec.None)]
    [InlineData(ArrowCodec.Zstd)]
    public void A_file_cut_anywhere_is_refused(ArrowCodec codec)
    {
        var whole = File.ReadAllBytes(Small(codec));
        var path = _folder["cut.arrow"];
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole.AsSpan(0, length));
            Assert.Equal("QN3251", Fault(() => ArrowFiles.Rows(path)).Code);
        }
    }

    [Fact]
    public void A_stream_reads_as_its_file_does_and_cut_anywhere_is_refused()
    {
        var file = Sample(ArrowCodec.Lz4);
        var stream = Stream(File.ReadAllBytes(file));
        var path = _folder.Write("a.arrows", stream);
        Assert.Equal(ArrowFiles.Rows(file), ArrowFiles.Rows(path));
        using (var facts = ArrowFile.Open(path)) Assert.Equal((true, 300, 3), (facts.IsStream, facts.Rows, facts.Batches));
        var small = Stream(File.ReadAllBytes(Small(ArrowCodec.Lz4)));
        for (var length = 0; length < small.Length; length++)
        {
            File.WriteAllBytes(path, small.AsSpan(0, length));
            Assert.StartsWith("QN325", Fault(() => ArrowFiles.Rows(path)).Code, StringComparison.Ordinal);
        }
        File.WriteAllBytes(path, [.. stream, .. stream]);
        Assert.Equal("QN3252", Fault(() => ArrowFiles.Rows(path)).Code);
    }

    [Fact]
    public void Files_with_other_columns_are_not_read_together()
    {
        var first = ArrowFiles.Write(_session, "select 1 as a, 2 as b", _folder["a.arrow"]);
        var second = ArrowFiles.Write(_session, "select 1 as a, 'x' as b", _folder["b.arrow"]);
        var fault = Fault(() => new ArrowSet(new ArrowRead { Paths = [first, second], Names = ["a.arrow", "b.arrow"] }).Dispose());
        Assert.Equal(
            """
            error QN3254: Arrow files that are read together have different columns
              where   b.arrow
              value   "b" VARCHAR
              wanted  "b" INTEGER, as in a.arrow
              try     read the files one by one, and unite them in SQL
            """,
            fault.ToString());
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_with_its_column()
    {
        var path = ArrowFiles.Write(_session, "select 'caffè latte, please' as drink", _folder["a.arrow"], new() { Codec = ArrowCodec.None });
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("caff"u8) + 4] = (byte)'x';
        File.WriteAllBytes(path, bytes);
        var fault = Fault(() => ArrowFiles.Rows(path));
        Assert.Equal(
            ("QN3252", "a.arrow, batch 1", "column \"drink\": a text is not UTF-8"), (fault.Code, fault.Where, fault.Value));
    }

    /// <summary>The engine knows no arrays of that length: asking it for one would end the process.</summary>
    [Fact]
    public void An_array_longer_than_the_engine_takes_is_refused()
    {
        var path = Sample(ArrowCodec.None);
        var bytes = File.ReadAllBytes(path);
        // The type in the footer: the end of its vtable, the way there, and the length 2.
        var at = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[4, 0, 0, 0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0]) + 10;
        bytes[at + 2] = 4;
        File.WriteAllBytes(path, bytes);
        var fault = Fault(() => ArrowFiles.Rows(path));
        Assert.Equal(("QN3253", "FixedSizeList(262146)"), (fault.Code, fault.Value));
    }

    /// <summary>Whatever the bytes are: rows, or a fault; never anything else. Half of the mutations hit the metadata.</summary>
    [Fact]
    public void Mutated_files_give_rows_or_a_fault()
    {
        const int MostMillis = 6000;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        byte[][] wholes =
        [
            File.ReadAllBytes(Sample(ArrowCodec.None)), File.ReadAllBytes(Sample(ArrowCodec.Lz4)),
            File.ReadAllBytes(Sample(ArrowCodec.Zstd)), Stream(File.ReadAllBytes(Sample(ArrowCodec.None))),
        ];
        var (tried, refused) = (0, 0);
        for (var seed = 0; clock.ElapsedMilliseconds < MostMillis && seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = wholes[seed % wholes.Length].ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(2) == 0 ? random.Next(bytes.Length) : Metadata(bytes, random);
                bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(bytes[at] ^ (1 << random.Next(8))), _ => 0xFF };
            }
            var path = _folder.Write("m.arrow", bytes);
            tried++;
            try
            {
                ArrowFiles.Rows(path);
            }
            catch (QuernException fault) when (fault.Fault.Code.StartsWith("QN325", StringComparison.Ordinal))
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
        Assert.True(refused > 100 && refused < tried, $"{refused} of {tried} mutated files were refused: too tame or too wild");
    }

    /// <summary>A place in the footer or in front of a batch.</summary>
    static int Metadata(byte[] bytes, Random random)
    {
        var tail = Math.Min(1500, bytes.Length);
        return random.Next(2) == 0 ? bytes.Length - 1 - random.Next(tail) : random.Next(Math.Min(2500, bytes.Length));
    }

    /// <summary>The messages of a file, as a stream.</summary>
    static byte[] Stream(byte[] file)
    {
        const int Head = 8;
        const int EndMark = 8;
        var footer = BitConverter.ToInt32(file, file.Length - 10);
        var end = file.Length - 10 - footer;
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], file[(end - EndMark)..end]);
        return file[Head..end];
    }

    string Small(ArrowCodec codec) => ArrowFiles.Write(
        _session,
        "select i, if(i = 1, NULL, 'a text of row ' || i) as text, 'x'::enum('x') as word from range(5) r(i)",
        _folder[$"small-{codec}.arrow"],
        new ArrowOptions { Codec = codec, BatchRows = 3 });

    string Sample(ArrowCodec codec) => ArrowFiles.Write(
        _session,
        """
        select i, if(i % 3 = 0, NULL, i % 2 = 0) as flag, if(i % 5 = 0, NULL, 'text ' || repeat('ö', (i % 9)::int)) as text,
            if(i % 2 = 0, 'no', 'yes')::enum('yes', 'no') as word, if(i % 7 = 0, NULL, range(i % 3)) as list,
            {'a': i::decimal(9, 2), 'b': i::varchar} as pair, map {i: 'v'} as m, [i, i + 1]::integer[2] as two,
            make_timestamp(i) as t, md5(i::varchar)::uuid as u, interval (i) day as span
        from range(300) r(i)
        """,
        _folder[$"sample-{codec}.arrow"],
        new ArrowOptions { Codec = codec, BatchRows = 100 });

    static Fault Fault(Action action)
    {
        var fault = Assert.Throws<QuernException>(action).Fault;
        Assert.False(string.IsNullOrEmpty(fault.Where), "the fault has a place");
        return fault;
    }
}
