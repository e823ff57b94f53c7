using Quern.Tests.Delivery.Sqlite;
using Quern.Tests.Files;

/// <summary>
/// Called by the runtime, by this name and without a namespace, in a process started as
/// <see cref="Rewriter.Start"/> or <see cref="SqliteRewriter.Start"/> says.
/// </summary>
static class StartupHook
{
    public static void Initialize()
    {
        var last = Environment.GetCommandLineArgs()[^1];
        if (SqliteRewriter.IsMeant(last)) SqliteRewriter.Run(last);
        Rewriter.Run(last);
    }
}
