using System.Globalization;

namespace Quern.Rollups.Store;

/// <summary>The faults of a store, QN7500 to QN7529.</summary>
static class StoreFaults
{
    const string BuildAgain = "build the store again: quern rollup build";

    internal static QuernException NoStore(string folder) => new(new("QN7501", "there is no store here")
    {
        Where = folder,
        Wanted = $"a folder with a {StoreLayout.Manifest}",
        Try = ["--store FOLDER names another one", "make it: quern rollup build"],
        ExitCode = ExitCode.Usage,
    });

    internal static QuernException BadManifest(string path, string why) => new(new("QN7502", "the manifest of the store is damaged")
    {
        Where = path,
        Value = why,
        Try = [BuildAgain],
    });

    internal static QuernException OtherVersion(string path, string found) => new(new("QN7503", "the store has another format")
    {
        Where = path,
        Value = found,
        Wanted = string.Create(CultureInfo.InvariantCulture, $"format {StoreLayout.Format}, which this Quern writes and reads"),
        Try = [BuildAgain, "use the Quern that wrote it: the manifest names its version"],
    });

    internal static QuernException Missing(string path) => new(new("QN7504", "a file of the store is missing")
    {
        Where = path,
        Try = [BuildAgain],
    });

    internal static QuernException OtherSize(string path, long bytes, long wanted) => new(new("QN7505", "a file of the store has another size")
    {
        Where = path,
        Value = Text($"{bytes:N0} bytes"),
        Wanted = Text($"{wanted:N0} bytes, as the manifest says"),
        Try = [BuildAgain],
    });

    /// <param name="path">The file.</param>
    /// <param name="part">Which part of it.</param>
    /// <param name="why">What does not hold.</param>
    internal static QuernException Damaged(string path, string part, string why) => new(new("QN7506", "a file of the store is damaged")
    {
        Where = $"{path}, {part}",
        Value = why,
        Try = [BuildAgain, "look at the disk: the file is not what was written"],
    });

    internal static string Sums(uint found, uint wanted) => Text($"checksum {found:x8}, not {wanted:x8}");

    internal static string Block(int block) => Text($"block {block:N0}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
