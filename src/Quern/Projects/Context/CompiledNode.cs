using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>A node whose template has been rendered for running.</summary>
/// <param name="Node">The node.</param>
/// <param name="Sql">Its SQL with the queries of ephemeral models put in: what lies in <c>target/compiled</c>.</param>
public sealed record CompiledNode(Node Node, string Sql);
