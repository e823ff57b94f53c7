namespace Quern.Cli.Tests;

public class VersionTests
{
    [Fact]
    public void Exit_codes_are_those_of_the_manual() => Assert.Equal(130, (int)ExitCode.Interrupted);
}
