using System.Text;
using Quern.Projects.Settings;

namespace Quern.Tests.Projects.Settings;

/// <summary>Reading files of a project.</summary>
public sealed class PackageFilesTests
{
    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    public void A_byte_order_mark_says_the_encoding_and_is_no_part_of_the_text(string encoding, bool mark)
    {
        var folder = Directory.CreateTempSubdirectory("quern-files-");
        try
        {
            var form = Encoding.GetEncoding(encoding);
            File.WriteAllBytes(Path.Combine(folder.FullName, "a.sql"), [.. mark ? form.GetPreamble() : [], .. form.GetBytes("select 'é€𝄞'\n")]);

            Assert.Equal("select 'é€𝄞'\n", PackageFiles.Text(folder.FullName, "a.sql"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_become_what_the_runtime_makes_of_them()
    {
        var folder = Directory.CreateTempSubdirectory("quern-files-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.sql");
            File.WriteAllBytes(path, [.. "a"u8, 0xC3, 0x28, 0xE2, 0x82, .. "b"u8, 0xF0, 0x9F]);

            Assert.Equal(File.ReadAllText(path), PackageFiles.Text(folder.FullName, "a.sql"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
