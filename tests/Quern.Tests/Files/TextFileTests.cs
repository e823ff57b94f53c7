using Quern.Files;

namespace Quern.Tests.Files;

public sealed class TextFileTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("name: größe ☃ 𝄞\r\n")]
    public void Reads_the_text_without_its_byte_order_mark(string text)
    {
        Assert.Equal(text, TextFile.Read(_scratch.Write("a.sql", text)));
        Assert.Equal(text, TextFile.Read(_scratch.Write("b.sql", "\uFEFF" + text)));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_the_nearest_that_is()
    {
        _scratch.Write("models/orders.sql");
        Assert.Equal(
            """
            error QN2001: no such file or folder
              where   models/order.sql (BASE/models holds orders.sql)
              try     BASE/models/orders.sql, the nearest name there
            """,
            Fails("models/order.sql"));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_a_fault()
    {
        File.SetUnixFileMode(_scratch.Path, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(_scratch.Write("a.sql", "select 1"), UnixFileMode.UserRead);
        Assert.Equal(
            """
            error QN2004: permission denied
              where   a.sql
              try     ls -ld BASE/a.sql
                      chmod +r BASE/a.sql
            """,
            OtherUser.Run(() => Fails("a.sql")));
    }

    [Fact]
    public void A_folder_a_pipe_and_a_link_to_nothing_are_no_text()
    {
        _scratch.Bash("mkdir folder; mkfifo pipe; ln -s nowhere link");
        Assert.StartsWith("error QN2005: a folder, where a file is needed\n  where   folder", Fails("folder"), StringComparison.Ordinal);
        Assert.StartsWith("error QN2005: not a file but a pipe, socket or device\n  where   pipe\n", Fails("pipe"), StringComparison.Ordinal);
        Assert.StartsWith(
            "error QN2006: a link to something that does not exist\n  where   link -> nowhere\n", Fails("link"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_that_is_no_utf_8_is_named_with_its_line()
    {
        _scratch.Write("a.sql", "\uFEFFselect 'ü'\nfrom \u00fc"u8.ToArray().AsSpan()[..^1]);
        Assert.Equal(
            """
            error QN2013: the file is not UTF-8
              where   a.sql line 2
              value   byte 0xC3
              try     iconv -f WINDOWS-1252 -t UTF-8 a.sql   if it comes from a Windows program
            """,
            Fails("a.sql"));
    }

    [Fact]
    public void Utf_16_is_told_from_other_bytes()
    {
        _scratch.Write("a.sql", [0xFF, 0xFE, 0x61, 0x00]);
        Assert.Equal("error QN2013: the file is UTF-16\n  where   a.sql\n  try     iconv -f UTF-16 -t UTF-8 a.sql", Fails("a.sql"));
    }

    string Fails(string name)
    {
        var fault = ScratchFolder.FaultOf(() => TextFile.Read(_scratch[name], name));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        return fault.ToString().Replace(_scratch.Path, "BASE", StringComparison.Ordinal);
    }
}
