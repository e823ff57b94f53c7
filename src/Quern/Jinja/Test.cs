namespace Quern.Jinja;

/// <summary>A test, as in <c>{% if value is name(...) %}</c>.</summary>
/// <param name="value">What stands left of <c>is</c>.</param>
/// <param name="arguments">What stands in the parentheses.</param>
public delegate bool Test(object? value, Arguments arguments);
