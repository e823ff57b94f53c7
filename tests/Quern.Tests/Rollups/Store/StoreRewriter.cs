using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Quern.Tests.Rollups.Store;

/// <summary>The process that is killed while it builds a store again and again. Started as <see cref="Quern.Tests.Files.Rewriter"/> is.</summary>
static class StoreRewriter
{
    const string Mark = "store:";

    internal static ProcessStartInfo Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Mark + folder]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StoreRewriter).Assembly.Location;
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    internal static bool IsMeant(string argument) => argument.StartsWith(Mark, StringComparison.Ordinal);

    [DoesNotReturn]
    internal static void Run(string argument)
    {
        var samples = Enumerable.Range(0, 3).Select(seed => new SampleStore(seed, 200 + (seed * 300), 50)).ToArray();
        for (var generation = 1; ; generation++)
        {
            using (var writer = samples[generation % samples.Length].Written(argument[Mark.Length..]))
            {
                var sample = samples[generation % samples.Length];
                writer.Publish(generation.ToString(CultureInfo.InvariantCulture), new(sample.Kept, sample.Kept), []);
            }
            if (generation > 1) continue;
            using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            output.Write("ready\n"u8);
        }
    }
}
