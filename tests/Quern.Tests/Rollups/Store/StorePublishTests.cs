using Quern.Rollups.Store;
using Quern.Tests.Files;

namespace Quern.Tests.Rollups.Store;

public sealed class StorePublishTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_folder_that_is_no_store_is_never_replaced()
    {
        _scratch.Write("mine/a.csv", "1");
        Assert.Equal(
            """
            error QN7508: the folder holds something that is no store
              where   BASE/mine
              value   a.csv
              wanted  a store, an empty folder, or none
              try     --store FOLDER names another one
                      empty the folder first, if nothing in it is needed
            """,
            _scratch.Text(ScratchFolder.FaultOf(() => StoreWriter.Create(_scratch["mine"]).Dispose())));
        Assert.Equal(["mine"], _scratch.TopNames());
    }

    [Fact]
    public void An_empty_folder_becomes_a_store()
    {
        Directory.CreateDirectory(_scratch["store"]);
        new SampleStore(1, 10).Publish(_scratch["store"]);
        using var files = RollupFiles.Open(_scratch["store"]);
        files.Verify();
    }

    [Fact]
    public void A_build_whose_groups_miss_rows_leaves_the_former_store()
    {
        new SampleStore(1, 10).Publish(_scratch["store"]);
        var before = File.ReadAllBytes(_scratch["store/manifest.json"]);
        var sample = new SampleStore(2, 20);
        using (var writer = sample.Written(_scratch["store"]))
        {
            Assert.Equal(
                """
                error QN7507: the groups of a grain do not hold all rows that were kept
                  where   grain 0 of 20
                  value   60 rows in its groups
                  wanted  61 rows, as were kept
                  try     keep the inputs and report it: it is a defect of Quern
                """,
                ScratchFolder.FaultOf(() => writer.Publish("0.1.0", new(61, 61), [])).ToString());
        }
        Assert.Equal(before, File.ReadAllBytes(_scratch["store/manifest.json"]));
        Assert.Equal(["store"], _scratch.TopNames());
    }

    [Fact]
    public void A_reader_keeps_the_store_that_it_opened()
    {
        var old = new SampleStore(1, 20_000);
        old.Publish(_scratch["store"]);
        using var files = RollupFiles.Open(_scratch["store"]);
        new SampleStore(2, 30).Publish(_scratch["store"]);
        files.Verify();
        Assert.Equal(old.Groups[0].Rows, files.Grains[0].Rows);
        Assert.Equal("rows", File.ReadAllText(files.Fallback[0]));
    }

    [Fact]
    public void A_store_that_is_closed_stays_mapped_for_those_who_use_it()
    {
        new SampleStore(1, 300).Publish(_scratch["store"]);
        var files = RollupFiles.Open(_scratch["store"]);
        var use = files.Use();
        files.Dispose();
        Assert.Throws<ObjectDisposedException>(files.Use);
        Assert.Equal(files.Grains[0].Rows, files.Grains[0][0].Rows);
        use.Dispose();
        use.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = files.Grains[0][0].Rows);
    }

    [Fact]
    public void Names_that_are_no_file_names_become_some()
    {
        var names = new FileNames();
        Assert.Equal("grains/day_type.grain", names.New("grains", "day_type", ".grain"));
        Assert.Equal("grains/Day_Type-2.grain", names.New("grains", "Day_Type", ".grain"));
        Assert.Equal("grains/etcpasswd.grain", names.New("grains", "../etc/passwd", ".grain"));
        Assert.Equal("grains/unnamed.grain", names.New("grains", "日本", ".grain"));
        Assert.Equal("grains/unnamed-2.grain", names.New("grains", "..", ".grain"));
        Assert.Equal(60, names.New("", new('a', 300), "").Length - 1);
    }
}
