namespace Quern.Rollups.Serving;

/// <summary>The page on which people pick measures, dimensions and filters: one file, which asks nothing of other servers.</summary>
static class RollupPage
{
    /// <summary>HTML, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes { get; } = Read();

    static byte[] Read()
    {
        using var page = typeof(RollupPage).Assembly.GetManifestResourceStream("Quern.Rollups.Serving.page.html")!;
        var bytes = new byte[page.Length];
        page.ReadExactly(bytes);
        return bytes;
    }
}
