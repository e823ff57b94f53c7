using Quern.Jinja.Values;

namespace Quern.Projects.Nodes;

/// <summary>What a generic test tests.</summary>
/// <param name="Namespace">The package its name was given with; null without one.</param>
/// <param name="Name">The test: <c>not_null</c>.</param>
/// <param name="Arguments">What YAML gives it, with <c>column_name</c> and without <c>model</c>.</param>
/// <param name="Column">The column it stands at; null at a model or source.</param>
/// <param name="AttachedTo">Id of the model, seed, snapshot or source it stands at.</param>
public sealed record GenericTest(string? Namespace, string Name, Dict Arguments, string? Column, string AttachedTo);
