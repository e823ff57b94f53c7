namespace Quern.Models.Profiling;

/// <summary>Something in a plan that is worth a look.</summary>
/// <param name="Id">Its rule, stable: <c>cross-product</c>, <c>nested-loop</c>, <c>text-scan</c>, <c>spilled</c>, <c>late-filter</c>,
/// <c>estimate</c>, <c>row-groups</c>.</param>
/// <param name="What">One sentence without a full stop.</param>
/// <param name="Evidence">The numbers it comes from.</param>
/// <param name="Try">What may help.</param>
public sealed record ProfileHint(string Id, string What, string Evidence, string Try);
