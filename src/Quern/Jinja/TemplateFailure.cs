namespace Quern.Jinja;

/// <summary>
/// An error on its way from an operation, which knows what went wrong, to the rendering, which knows where.
/// Never leaves <see cref="Rendering"/>: it becomes a <see cref="QuernException"/> there.
/// </summary>
sealed class TemplateFailure(string code, string what, params string[] tries) : Exception(what)
{
    public string Code { get; } = code;

    public string[] Try { get; } = tries;

    public static TemplateFailure Undefined(string what, params string[] tries) => new("QN7005", what, tries);

    public static TemplateFailure Arguments(string what, params string[] tries) => new("QN7006", what, tries);

    public static TemplateFailure Type(string what, params string[] tries) => new("QN7007", what, tries);

    public static TemplateFailure Sandbox(string what) =>
        new("QN7008", what, "templates see only what is given to them: values, methods and filters");

    public static TemplateFailure Depth(string what) =>
        new("QN7009", what, "look for a macro that calls itself without an end");

    public static TemplateFailure Budget(string what, params string[] tries) => new("QN7010", what, tries);

    public static TemplateFailure Missing(string what, params string[] tries) => new("QN7011", what, tries);

    public static TemplateFailure Value(string what, params string[] tries) => new("QN7012", what, tries);
}
