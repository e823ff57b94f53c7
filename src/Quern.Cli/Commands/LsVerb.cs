namespace Quern.Cli.Commands;

/// <summary><c>quern ls</c>.</summary>
sealed class LsVerb : ListingVerb
{
    public override string Path => "ls";
}
