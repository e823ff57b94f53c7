using System.Globalization;

namespace Quern.Rollups.Store;

/// <summary>The faults of a store, QN7501 to QN7509.</summary>
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

    internal static QuernException OtherVersion(string path, long format) => new(new("QN7503", "the store has another format")
    {
        Where = path,
        Value = Text($"format {format}"),
        Wanted = string.Create(CultureInfo.InvariantCulture, $"format {StoreLayout.Format}, which this Quern writes and reads"),
        Try = [BuildAgain, "use the Quern that wrote it: the manifest names its version"],
    });

    internal static QuernException Missing(string path) => new(new("QN7504", "a file of the store is missing")
    {
        Where = path,
        Try = [BuildAgain],
    });

    internal static QuernException OtherSize(string path, long bytes, long wanted) => new(new(
        "QN7505", "a file of the store has another size")
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

    internal static QuernException OtherCount(string grain, long counted, long kept) => new(new(
        "QN7507", "the groups of a grain do not hold all rows that were kept")
    {
        Where = grain,
        Value = Text($"{counted:N0} rows in its groups"),
        Wanted = Text($"{kept:N0} rows, as were kept"),
        Try = ["keep the inputs and report it: it is a defect of Quern"],
    });

    internal static QuernException NotAStore(string folder, string found) => new(new("QN7508", "the folder holds something that is no store")
    {
        Where = folder,
        Value = found,
        Wanted = "a store, an empty folder, or none",
        Try = ["--store FOLDER names another one", "empty the folder first, if nothing in it is needed"],
        ExitCode = ExitCode.Usage,
    });

    internal static QuernException NotAnExport(string folder, string found) => new(new(
        "QN7508", "the folder holds something that is no Arrow file")
    {
        Where = folder,
        Value = found,
        Try = ["name a new folder", "empty the folder first, if nothing in it is needed"],
        ExitCode = ExitCode.Usage,
    });

    internal static QuernException NoGrain(string folder, string name, IEnumerable<string> grains) => new(new(
        "QN7509", "the store has no grain of this name")
    {
        Where = folder,
        Value = name,
        Wanted = $"one of {string.Join(", ", grains)}",
        Try = NearestName.Of(name, grains) is { } nearest ? [$"{nearest}, the nearest name"] : [],
        ExitCode = ExitCode.Usage,
    });

    internal static string Sums(ulong found, ulong wanted) => Text($"checksum {found:x16}, not {wanted:x16}");

    internal static string Block(int block) => Text($"block {block:N0}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
