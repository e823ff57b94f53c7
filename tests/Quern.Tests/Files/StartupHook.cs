using Quern.Tests.Delivery.Sqlite;
using Quern.Tests.Files;
using Quern.Tests.Rollups.Store;

/// <summary>
/// Called by the runtime, by this name and without a namespace, in a process started as
/// <see cref="Rewriter.Start"/>, <see cref="SqliteRewriter.Start"/> or <see cref="StoreRewriter.Start"/> says.
/// </summary>
static class StartupHook
{
    public static void Initialize()
    {
        var last = Environment.GetCommandLineArgs()[^1];
        if (SqliteRewriter.IsMeant(last)) SqliteRewriter.Run(last);
        if (StoreRewriter.IsMeant(last)) StoreRewriter.Run(last);
        Rewriter.Run(last);
    }
}
