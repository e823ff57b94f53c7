namespace Quern.Jinja.Reading;

/// <summary>Errors found while reading a template.</summary>
static class SyntaxFault
{
    public static QuernException At(Source source, int at, string code, string what, params string[] tries) =>
        new(new Fault(code, what)
        {
            Where = source.Place(at),
            Value = source.Line(at),
            Try = tries,
            ExitCode = ExitCode.Usage,
        });

    public static QuernException Unexpected(Source source, int at, string what, params string[] tries) =>
        At(source, at, "QN7001", what, tries);

    public static QuernException Unclosed(Source source, int at, string what, params string[] tries) =>
        At(source, at, "QN7002", what, tries);
}
