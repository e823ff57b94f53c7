namespace Quern.Folding.Planning;

/// <summary>The kernel cannot run a fold, or cannot go on with it; the engine can.</summary>
/// <param name="reason">Why, for people.</param>
sealed class NotCovered(string reason) : Exception(reason);
