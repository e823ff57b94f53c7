using Quern.Folding.Expressions;

namespace Quern.Folding.Declared;

/// <summary>A column made of others.</summary>
/// <param name="Name">What keys and queries call it.</param>
/// <param name="Expression">Of columns of the source and of those derived before it.</param>
sealed record DerivedColumn(string Name, Expression Expression);
