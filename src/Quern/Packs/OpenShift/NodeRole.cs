namespace Quern.Packs.OpenShift;

/// <summary>The role of a node: decides in which namespace its unallocated capacity is written.</summary>
/// <param name="Node">Name of the node.</param>
/// <param name="ResourceId">Cloud instance id of the node.</param>
/// <param name="Role">master, infra, worker; another role leaves the namespace NULL.</param>
public sealed record NodeRole(string Node, string ResourceId, string Role);
