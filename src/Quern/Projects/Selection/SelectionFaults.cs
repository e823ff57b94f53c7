namespace Quern.Projects.Selection;

/// <summary>What can be wrong with a selection; all end a run before it begins.</summary>
static class SelectionFaults
{
    public static QuernException BadCriterion(string text, string wanted) =>
        new(new Fault("QN7150", "not a selection criterion") { Value = text, Wanted = wanted, ExitCode = ExitCode.Usage });

    public static QuernException NoMethod(string name, string criterion)
    {
        var nearest = NearestName.Of(name, Methods.Names);
        return new QuernException(new Fault("QN7151", "there is no selection method of this name")
        {
            Where = criterion,
            Value = name,
            Wanted = string.Join(", ", Methods.Names),
            Try = nearest is null ? [] : [$"{nearest}:"],
            ExitCode = ExitCode.Usage,
        });
    }

    public static QuernException BadValue(string value, string where, string wanted) =>
        new(new Fault("QN7152", "the selection method does not take this value")
        {
            Where = where,
            Value = value,
            Wanted = wanted,
            ExitCode = ExitCode.Usage,
        });

    public static QuernException NotSupported(string method, string criterion) =>
        new(new Fault("QN7153", "this selection method is not supported")
        {
            Where = criterion,
            Value = method,
            Try = ["select by another method: tag:, path:, config.KEY:"],
            ExitCode = ExitCode.Usage,
        });

    public static QuernException NoState(string criterion, string file, string? folder) =>
        new(new Fault("QN7154", "the selection needs the artifact of an earlier run")
        {
            Where = criterion,
            Value = folder is null ? file : Path.Combine(folder, file),
            Wanted = folder is null ? "a folder with it: no --state was given" : "the file; it is not there",
            Try = ["--state FOLDER with the artifacts of the run to compare with"],
            ExitCode = ExitCode.Usage,
        });

    public static QuernException NoSelector(string name, IReadOnlyCollection<string> known)
    {
        var nearest = NearestName.Of(name, known);
        return new QuernException(new Fault("QN7155", "there is no selector of this name")
        {
            Where = "--selector",
            Value = name,
            Wanted = known.Count == 0 ? "selectors.yml names none" : string.Join(", ", known),
            Try = nearest is null ? [] : [$"--selector {nearest}"],
            ExitCode = ExitCode.Usage,
        });
    }

    public static QuernException BadSelectors(string where, string wanted, string? value = null) =>
        new(new Fault("QN7156", "selectors.yml does not say what to select")
        {
            Where = where,
            Value = value,
            Wanted = wanted,
            ExitCode = ExitCode.Usage,
        });

    public static QuernException NoKind(string name, string where, IReadOnlyCollection<string> known)
    {
        var nearest = NearestName.Of(name, known);
        return new QuernException(new Fault("QN7157", "there is no resource type of this name")
        {
            Where = where,
            Value = name,
            Wanted = string.Join(", ", known),
            Try = nearest is null ? [] : [nearest],
            ExitCode = ExitCode.Usage,
        });
    }

    public static QuernException BothWays() =>
        new(new Fault("QN7158", "a selector and a selection exclude each other")
        {
            Where = "--selector",
            Wanted = "--selector alone, or --select and --exclude",
            ExitCode = ExitCode.Usage,
        });
}
