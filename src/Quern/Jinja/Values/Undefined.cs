namespace Quern.Jinja.Values;

/// <summary>The value of a name, attribute or item that does not exist.</summary>
public sealed class Undefined
{
    readonly string? _hint;
    readonly object? _name;
    readonly string? _owner;

    Undefined(string? hint, object? name, string? owner, bool forgiving, bool hidden)
    {
        (_hint, _name, _owner) = (hint, name, owner);
        (IsForgiving, IsHidden) = (forgiving, hidden);
    }

    /// <summary>Whether its attributes, items and calls are undefined again instead of errors.</summary>
    public bool IsForgiving { get; }

    /// <summary>What an error about this value says, such as <c>'x' is undefined</c>.</summary>
    public string Message => _hint ?? (_owner is null
        ? $"{PythonText.Represent(_name)} is undefined"
        : _name is string name
            ? $"'{_owner}' has no attribute {PythonText.Represent(name)}"
            : $"{_owner} has no element {PythonText.Represent(_name)}");

    /// <summary>Whether the name exists but templates may not see it.</summary>
    internal bool IsHidden { get; }

    /// <summary>A name that no scope knows.</summary>
    public static Undefined Name(string name, UndefinedMode mode) =>
        new(null, name, null, mode == UndefinedMode.Forgiving, false);

    /// <summary>A value that is missing for the reason given.</summary>
    public static Undefined Because(string hint, UndefinedMode mode) =>
        new(hint, null, null, mode == UndefinedMode.Forgiving, false);

    internal static Undefined Of(object? owner, object? name, UndefinedMode mode) =>
        new(null, name, OwnerName(owner), mode == UndefinedMode.Forgiving, false);

    internal static Undefined Hidden(object? owner, string name) =>
        new($"access to attribute '{name}' of '{Value.TypeName(owner)}' object is unsafe", null, null, false, true);

    internal TemplateFailure Failure() => IsHidden
        ? TemplateFailure.Sandbox(Message)
        : TemplateFailure.Undefined(Message, "check the spelling, or give a value with | default(...)");

    static string OwnerName(object? owner) => owner is null ? "None" : Value.TypeName(owner) + " object";
}
