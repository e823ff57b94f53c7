namespace Quern.Jinja.Tree;

// Small parts of nodes. Classes, not tuples: lists of structs would be compiled anew at every start of the process.

/// <summary>An operator with what stands on its right.</summary>
sealed record Operand(int At, string Symbol, Expression Value);

/// <summary>
/// A parameter of a macro with its default, which is evaluated in the macro when the call does not give one.
/// </summary>
sealed record Parameter(string Name, Expression? Default);

/// <summary>An argument given by name.</summary>
sealed record NamedArgument(string Name, Expression Value);

/// <summary>A key and a value of a dict.</summary>
sealed record Entry(Expression Key, Expression Value);

/// <summary>A condition with what is run when it holds.</summary>
sealed record Branch(Expression Condition, Statement[] Body);

/// <summary>A name of a with block and its value.</summary>
sealed record Binding(Target Target, Expression Value);

/// <summary>A name taken from another template and what it is called here.</summary>
sealed record ImportedName(string Name, string As);
