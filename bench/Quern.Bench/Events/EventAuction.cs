namespace Quern.Bench.Events;

/// <summary>What the one to four rows of an auction share.</summary>
/// <param name="Moment">When it is served, in milliseconds since 1970.</param>
/// <param name="High">The first half of its id's bits.</param>
/// <param name="Low">The second half.</param>
/// <param name="Advertiser">Id of the advertiser.</param>
/// <param name="Publisher">Id of the publisher.</param>
/// <param name="User">Id of the user.</param>
/// <param name="Country">Position of the country.</param>
readonly record struct EventAuction(long Moment, ulong High, ulong Low, uint Advertiser, uint Publisher, ulong User, int Country);
