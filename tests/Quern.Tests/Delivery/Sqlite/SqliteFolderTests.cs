using System.Security.Cryptography;
using System.Text.Json;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Parts;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

public sealed class SqliteFolderTests : IDisposable
{
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Theory]
    [InlineData(25_000, 10_000, 3)]
    [InlineData(20_000, 10_000, 2)]
    [InlineData(1, 10_000, 1)]
    [InlineData(0, 10_000, 1)]
    public void Rows_are_dealt_in_their_order_to_files_that_the_manifest_lists(int rows, int most, int files)
    {
        Send(rows, most);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(Path, "manifest.json")));
        var root = manifest.RootElement;
        Assert.Equal(("numbers", rows), (root.GetProperty("table").GetString(), root.GetProperty("rows").GetInt32()));
        var listed = root.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(files, listed.Count);
        Assert.Equal(
            ["manifest.json", .. listed.Select(f => f.GetProperty("name").GetString()!)],
            Directory.EnumerateFiles(Path).Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal));
        var next = 0;
        foreach (var file in listed)
        {
            var path = System.IO.Path.Combine(Path, file.GetProperty("name").GetString()!);
            SqliteShell.AssertSound(path);
            var count = file.GetProperty("rows").GetInt32();
            Assert.Equal(new FileInfo(path).Length, file.GetProperty("bytes").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), file.GetProperty("sha256").GetString());
            var key = file.GetProperty("key").GetProperty("i");
            if (rows > 0) Assert.Equal(($"{next}", $"{next + count - 1}"), (key.GetProperty("min").GetString(), key.GetProperty("max").GetString()));
            Assert.Equal(
                Enumerable.Range(next, count).Select(i => $"{i}|n{i}"), SqliteShell.Run(path, "select i, s from numbers order by rowid"));
            next += count;
        }
        Assert.Equal(rows, next);
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        Send(30_000, 7_000);
        var first = Directory.EnumerateFiles(Path).ToDictionary(f => f, File.ReadAllBytes);
        Send(30_000, 7_000);
        Assert.Equal(6, first.Count);
        foreach (var (file, bytes) in first) Assert.True(bytes.SequenceEqual(File.ReadAllBytes(file)), file);
    }

    [Fact]
    public void The_folder_is_replaced_whole_and_nothing_stays_beside_it()
    {
        Send(30_000, 7_000);
        Send(10, 7_000);
        Assert.Equal(["numbers_part_000.sqlite", "manifest.json"], Directory.EnumerateFiles(Path).Select(f => System.IO.Path.GetFileName(f)).OrderDescending());
        Assert.Equal(["parts.sqlite", "spill"], _cargo.Scratch.TopNames());
    }

    [Fact]
    public void A_folder_with_other_things_is_not_replaced()
    {
        Send(10, 7_000);
        _cargo.Scratch.Write("parts.sqlite/notes.txt", "mine");
        Assert.Equal(
            """
            error QN1115: the folder would be replaced, and holds other things than SQLite parts
              where   parts.sqlite/
              value   notes.txt
              try     a folder of its own
                      ls parts.sqlite/
            """,
            ScratchFolder.FaultOf(Folder(7_000).Check).ToString());
    }

    [Fact]
    public void Rows_cannot_be_added_to_a_folder() => Assert.Equal(
        """
        error QN8210: a folder of SQLite files is replaced whole
          where   parts.sqlite/
          value   --mode append
          try     --mode replace
                  --method single_file     a file that rows can be added to
        """,
        ScratchFolder.FaultOf(new SqliteFolder("parts.sqlite/", Path, SqliteOptions.Default with { Mode = LoadMode.Append }).Check).ToString());

    [Fact]
    public void When_one_file_fails_the_folder_stays_as_it_was()
    {
        Send(10, 7_000);
        using var session = _cargo.Database.Connect();
        session.Execute("create table bad as select i, if(i = 15_000, 'a' || chr(0), 'n') as s from range(30_000) r(i)");
        var fault = ScratchFolder.FaultOf(() => _cargo.Send(
            Folder(7_000), new Shipment { Relation = "bad", Table = "numbers", Columns = ["i", "s"] }));
        Assert.Equal(
            ("QN8204", "parts.sqlite/numbers_part_002.sqlite, table numbers, column s, row 1,001"), (fault.Code, fault.Where));
        Assert.Equal(["parts.sqlite", "spill"], _cargo.Scratch.TopNames());
        Assert.Equal(2, Directory.EnumerateFiles(Path).Count());
    }

    [Fact]
    public void What_was_held_is_gone_from_the_engine()
    {
        Send(30_000, 7_000);
        Assert.Equal(["0"], _cargo.Read("select count(*) as n from duckdb_databases() where database_name like 'quern_held%'"));
    }

    string Path => _cargo.Scratch["parts.sqlite"];

    SqliteFolder Folder(long most) => new("parts.sqlite/", Path, SqliteOptions.Default with { MaxRows = most, Writers = 3 });

    void Send(int rows, int most)
    {
        var shipment = new Shipment
        {
            Relation = FormattableString.Invariant($"(select i, 'n' || i as s from range({rows}) r(i))"),
            Table = "numbers",
            Columns = ["i", "s"],
        };
        Assert.Equal(rows, _cargo.Send(Folder(most), shipment)!.Rows);
    }
}
