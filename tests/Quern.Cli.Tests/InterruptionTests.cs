using System.Diagnostics;

namespace Quern.Cli.Tests;

public class InterruptionTests
{
    [Fact]
    public void Asks_to_stop_at_the_first_signal()
    {
        var fake = new FakeScreen();
        using var interruption = new Interruption(fake.Screen);
        // Not Ctrl-C: the test runner listens to that one too.
        using (var kill = Process.Start("kill", ["-HUP", $"{Environment.ProcessId}"])) kill.WaitForExit();
        Assert.True(interruption.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)));
        Assert.Equal("quern: stopping cleanly; once more stops at once\n", fake.Error);
    }
}
