namespace Quern.Cli.Commands;

/// <summary><c>quern test</c>.</summary>
sealed class TestVerb : NodeVerb
{
    public override string Path => "test";

    public override string Summary => "tests of a dbt project";

    public override string Help =>
        """
        Runs data tests and unit tests against what has been built.
          quern test
          quern test -s orders --store-failures
        Exit code 0: all passed or warned; 1: a test failed; 2: the project could not
        be read.
        """;
}
