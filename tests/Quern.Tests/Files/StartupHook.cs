/// <summary>
/// Called by the runtime, by this name and without a namespace, in a process started as
/// <see cref="Quern.Tests.Files.Rewriter.Start"/> says.
/// </summary>
static class StartupHook
{
    public static void Initialize() => Quern.Tests.Files.Rewriter.Run(Environment.GetCommandLineArgs()[^1]);
}
