namespace Quern.Cli.Commands;

/// <summary><c>quern list</c>, the long name of <c>quern ls</c>.</summary>
sealed class ListVerb : ListingVerb
{
    public override string Path => "list";
}
