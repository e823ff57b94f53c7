namespace Quern.Packs.OpenShift;

/// <summary>Puts the namespaces that match a pattern into a cost category (specification section 4.5).</summary>
/// <param name="Namespace">An SQL LIKE pattern: % is any run of characters, _ is one; case-sensitive.</param>
/// <param name="Id">The category; where several patterns match, the largest id wins.</param>
public sealed record CostCategory(string Namespace, int Id);
