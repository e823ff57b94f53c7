namespace Quern.Jinja;

/// <summary>A filter, as in <c>{{ value | name(...) }}</c>.</summary>
/// <param name="value">What stands left of the bar.</param>
/// <param name="arguments">What stands in the parentheses.</param>
public delegate object? Filter(object? value, Arguments arguments);
