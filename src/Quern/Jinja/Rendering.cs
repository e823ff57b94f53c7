using System.Text;
using Quern.Jinja.Tree;
using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>
/// One run of templates and macros over the same globals, within the environment's <see cref="Limits"/> in all. For one
/// thread at a time. Every error is a <see cref="QuernException"/> that names file, line, column and the calls that led
/// there; an error of a called .NET function gets the place added where it has none.
/// </summary>
/// <param name="environment">The language: filters, tests, limits.</param>
/// <param name="globals">The names that templates and macros see.</param>
/// <param name="cancellation">Stops the run with <see cref="OperationCanceledException"/> at the next step.</param>
public sealed class Rendering(
    TemplateEnvironment environment, Globals globals, CancellationToken cancellation = default)
{
    const int SpareBuilders = 8;
    const int LargestSpare = 64 << 10;

    readonly List<Frame> _frames = [];
    readonly List<StringBuilder> _spare = [];
    readonly Dictionary<string, Template> _templates = [];
    readonly Meter _meter = new(environment.Limits, cancellation);

    /// <summary>The names that templates and macros see.</summary>
    public Globals Globals { get; } = globals;

    /// <summary>The environment the rendering began with.</summary>
    public TemplateEnvironment Environment { get; } = environment;

    /// <summary>Stops the run.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>
    /// What the caller keeps with the run, for functions that are shared between runs. Templates do not see it. Default:
    /// null.
    /// </summary>
    public object? State { get; init; }

    /// <summary>Where the template is at: <c>path:line:column</c>; null before it began.</summary>
    public string? Place => _frames.Count == 0 ? null : PlaceOf(_frames[^1]);

    /// <summary>The macros being run, innermost first.</summary>
    public IEnumerable<string> OpenMacros => Enumerable.Reverse(_frames).Select(frame => frame.Macro).OfType<string>();

    /// <summary>The places that led to the last error, the innermost first; empty before one.</summary>
    public IReadOnlyList<TracePoint> Trace { get; private set; } = [];

    /// <summary>How undefined names behave in every template and macro that takes part; null for each as its environment says. Default:
    /// null.</summary>
    public UndefinedMode? Undefined { get; init; }

    /// <summary>How undefined names behave where it stands now.</summary>
    internal UndefinedMode Mode => Undefined ?? Current.Undefined;

    internal TemplateEnvironment Current => _frames.Count == 0 ? Environment : _frames[^1].Template.Environment;

    /// <summary>Runs a template and gives its text.</summary>
    public string Render(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return Guard(() => RunTemplate(template, new Scope(null)).Text);
    }

    /// <summary>
    /// Runs a template and gives its value as it is when the template is one expression, else its text.
    /// </summary>
    public object? Evaluate(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return Guard(() =>
        {
            var frame = new Frame(this, template, new Scope(null), Rent(), null);
            var values = frame.KeepValues();
            Enter(frame);
            template.Run(frame);
            Leave();
            Release(frame.Output);
            return values.Count == 1 ? values[0] : string.Concat(values.Select(PythonText.Of));
        });
    }

    /// <summary>Runs a template for the names it sets: its macros and top-level variables.</summary>
    public TemplateModule Load(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return Guard(() => LoadModule(template, null));
    }

    /// <summary>Calls a macro or function.</summary>
    /// <param name="callee">The value to call.</param>
    /// <param name="positional">Values by position, through <see cref="Value.From"/>. Default: none.</param>
    /// <param name="named">Values by name, through <see cref="Value.From"/>. Default: none.</param>
    public object? Call(
        object? callee,
        IEnumerable<object?>? positional = null,
        IEnumerable<KeyValuePair<string, object?>>? named = null) => Guard(() =>
    {
        var values = positional?.Select(Value.From).ToArray() ?? [];
        var names = named?.Select(pair => KeyValuePair.Create(pair.Key, Value.From(pair.Value))).ToArray();
        return Invoke(callee, new Arguments(this, values, names));
    });

    internal static object? Invoke(object? callee, Arguments arguments)
    {
        switch (callee)
        {
            case TemplateObject target:
                return Value.From(target.Call(arguments));
            case Undefined { IsForgiving: true }:
                return callee;
            case Undefined undefined:
                throw undefined.Failure();
            default:
                throw TemplateFailure.Type($"'{Value.TypeName(callee)}' object is not callable");
        }
    }

    /// <summary>The template of a name, or of the first of several that exists.</summary>
    internal Template Find(TemplateEnvironment from, object? name) =>
        TryFind(from, name) ?? throw TemplateFailure.Missing(
            $"there is no template {PythonText.Represent(name)}",
            from.Load is null
                ? "templates cannot include others here"
                : "check the path; it is not relative to this file");

    internal Template? TryFind(TemplateEnvironment from, object? name)
    {
        if (name is Undefined undefined) throw undefined.Failure();
        if (name is List<object?> or TupleValue)
        {
            foreach (var choice in (IReadOnlyList<object?>)name)
                if (choice is string && TryFind(from, choice) is { } found) return found;
            return null;
        }

        if (name is not string path)
            throw TemplateFailure.Type($"a template's name must be a text, not {Value.TypeName(name)}");
        if (_templates.TryGetValue(path, out var template))
            return template.Environment == from ? template : template.In(from);
        if (from.Load?.Invoke(path) is not { } text) return null;
        return _templates[path] = from.Parse(text, path);
    }

    internal (string Text, Scope Scope) RunTemplate(Template template, Scope scope)
    {
        var frame = new Frame(this, template, scope, Rent(), null);
        Enter(frame);
        template.Run(frame);
        Leave();
        return (Release(frame.Output), scope);
    }

    internal TemplateModule LoadModule(Template template, Scope? around)
    {
        var (text, scope) = RunTemplate(template, new Scope(around));
        return new TemplateModule(template.Path, text, scope);
    }

    /// <summary>
    /// Begins a template or macro; the answer is what <see cref="Unwind"/> takes to get back to before.
    /// </summary>
    internal int Enter(Frame frame)
    {
        if (_frames.Count >= Environment.Limits.CallDepth)
            throw TemplateFailure.Depth(FormattableString.Invariant($"more than {Environment.Limits.CallDepth:N0} calls are open at once"));
        Meter.Descend();
        _frames.Add(frame);
        return _frames.Count - 1;
    }

    internal void Leave() => _frames.RemoveAt(_frames.Count - 1);

    internal void Unwind(int depth) => _frames.RemoveRange(depth, _frames.Count - depth);

    /// <summary>A buffer to write to.</summary>
    internal StringBuilder Rent()
    {
        if (_spare.Count == 0) return new StringBuilder();
        var builder = _spare[^1];
        _spare.RemoveAt(_spare.Count - 1);
        return builder;
    }

    /// <summary>Takes a buffer back and gives what was written to it.</summary>
    internal string Release(StringBuilder builder)
    {
        var text = builder.ToString();
        if (_spare.Count >= SpareBuilders || builder.Capacity > LargestSpare) return text;
        _spare.Add(builder.Clear());
        return text;
    }

    static TracePoint PointOf(Frame frame)
    {
        var (line, column) = frame.Template.Source.Position(frame.At);
        return new TracePoint(frame.Template.Path, line, column, frame.Macro);
    }

    static string PlaceOf(Frame frame) => frame.Template.Source.Place(frame.At);

    T Guard<T>(Func<T> run)
    {
        var depth = _frames.Count;
        var before = Meter.Switch(_meter);
        try
        {
            return run();
        }
        catch (TemplateFailure failure)
        {
            var fault = new Fault(failure.Code, failure.Message) { Try = failure.Try };
            throw new QuernException(Placed(fault), failure);
        }
        catch (MacroReturn early)
        {
            throw new QuernException(Placed(new Fault("QN7014", early.Message)
            {
                Try = ["return(...) ends a macro; outside of one, print the value"],
            }));
        }
        catch (QuernException) when (KeepTrace())
        {
            throw;
        }
        catch (QuernException e) when (e.Fault.Where is null && _frames.Count > 0)
        {
            throw new QuernException(Placed(e.Fault), e);
        }
        catch (Exception e) when (e is not (QuernException or OperationCanceledException))
        {
            throw new QuernException(Placed(new Fault("QN7013", $"a function failed: {e.Message}")), e);
        }
        finally
        {
            Unwind(depth);
            Meter.Switch(before);
        }
    }

    // Of renderings inside one another, the innermost knows the whole way. Never handles anything itself.
    bool KeepTrace()
    {
        if (Trace.Count < _frames.Count) Trace = [.. Enumerable.Reverse(_frames).Select(PointOf)];
        return false;
    }

    Fault Placed(Fault fault)
    {
        if (_frames.Count == 0) return fault;
        var inner = _frames[^1];
        Trace = [.. Enumerable.Reverse(_frames).Select(PointOf)];
        return fault with
        {
            Where = TracePoint.Describe(Trace),
            Value = fault.Value ?? inner.Template.Source.Line(inner.At),
        };
    }
}
