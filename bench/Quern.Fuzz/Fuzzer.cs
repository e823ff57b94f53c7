using System.Diagnostics;
using System.Runtime;
using System.Security.Cryptography;

namespace Quern.Fuzz;

/// <summary>
/// Tries inputs on a target: its seeds, deep ones, then mutations of those that behaved in a new way, for as long as the plan says.
/// They run on a thread with a small stack; the caller's thread watches for one that does not end. An input of which the process dies
/// (a stack that overflows, memory that must not be read) is found in the folder by the next run.
/// </summary>
/// <param name="target">What is tried.</param>
/// <param name="plan">How long, and where.</param>
sealed class Fuzzer(FuzzTarget target, FuzzPlan plan)
{
    const int StackBytes = 1 << 20;
    const int MostKept = 20_000;

    readonly Behaviour _behaviour = new();
    readonly HashSet<ulong> _seen = [];
    readonly List<byte[]> _corpus = [];
    readonly List<(byte[], int)> _kept = [];
    readonly List<Finding> _findings = [];
    readonly Random _random = new(plan.Seed);
    readonly Stopwatch _clock = new();
    long _inputs;
    double _slowest;
    long _mostAllocated;
    long _beganAt;
    byte[] _current = [];

    /// <summary>The seeds of a target: files with their names, in ordinal order.</summary>
    public static IEnumerable<(string Name, byte[] Input)> Seeds(FuzzTarget target, string corpus) =>
        Directory.EnumerateFiles(Path.Combine(corpus, target.Name)).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)));

    /// <summary>Runs.</summary>
    public FuzzResult Run()
    {
        Directory.CreateDirectory(plan.Findings);
        var seeds = Seeds(target, plan.Corpus).Select(seed => seed.Input).ToList();
        Exception? failure = null;
        using var running = new RunningInput(plan.Findings, FileName);
        var thread = new Thread(() => failure = Caught(() => Loop(running, seeds)), StackBytes) { IsBackground = true, Name = target.Name };
        _clock.Start();
        thread.Start();
        while (!thread.Join(100))
        {
            var began = Volatile.Read(ref _beganAt);
            if (began == 0 || Stopwatch.GetElapsedTime(began) < plan.Hang) continue;
            Add("hang", $"no end after {plan.Hang.TotalSeconds:N0} s", Volatile.Read(ref _current));
            break;
        }
        if (failure is not null) throw new InvalidOperationException($"the fuzzer itself failed on {target.Name}", failure);
        return new FuzzResult
        {
            Target = target.Name,
            Inputs = _inputs,
            Elapsed = _clock.Elapsed,
            Seeds = seeds.Count,
            Features = _seen.Count,
            Kept = _kept,
            Slowest = _slowest,
            MostAllocated = _mostAllocated,
            Findings = _findings,
        };
    }

    string FileName => target.Name.Replace('/', '-');

    void Loop(RunningInput running, List<byte[]> seeds)
    {
        foreach (var (name, input) in RunningInput.OfTheDead(plan.Findings).ToList())
            if (name == FileName) Add("death", "the process died of it in an earlier run", input);
        // The first call of everything compiles it, and allocates.
        if (seeds.Count > 0) Once(running, seeds[0]);
        foreach (var seed in seeds)
        {
            Try(running, seed);
            _corpus.Add(seed);
        }
        if (_corpus.Count == 0) _corpus.Add([]);
        var mutation = new Mutation(target, _random);
        var deep = mutation.Deep(plan.Deepest).ToList();
        for (var i = 0; i < deep.Count && !IsOver; i++) Try(running, deep[i]);
        while (!IsOver)
        {
            var input = mutation.Next(_corpus);
            if (!Try(running, input) || _corpus.Count >= MostKept) continue;
            _corpus.Add(input);
        }
    }

    bool IsOver => _clock.Elapsed >= plan.Time || _findings.Count >= plan.MostFindings;

    /// <summary>True when the input behaved in a new way.</summary>
    bool Try(RunningInput running, byte[] input)
    {
        _inputs++;
        var (failure, methods) = Once(running, input);
        if (failure is { } found)
        {
            Found(running, found, input);
            return false;
        }
        var news = _behaviour.Features.Count(_seen.Add) + (plan.CountsMethods && methods > 0 ? 1 : 0);
        if (news == 0) return false;
        if (_corpus.Count < MostKept && input.Length <= target.MostBytes) _kept.Add((input, news));
        return input.Length <= target.MostBytes;
    }

    void Found(RunningInput running, (string Kind, string Message) found, byte[] input)
    {
        if (_findings.Exists(f => f.Kind == found.Kind)) return;
        var small = found.Kind is "slow" ? input : Shrink.Of(input, part => Once(running, part).Failure?.Kind == found.Kind);
        Add(found.Kind, Once(running, small).Failure?.Message ?? found.Message, small);
    }

    ((string Kind, string Message)? Failure, long Methods) Once(RunningInput running, byte[] input)
    {
        _behaviour.Clear();
        running.Begin(input);
        Volatile.Write(ref _current, input);
        Volatile.Write(ref _beganAt, Stopwatch.GetTimestamp());
        var (bytes, methods, seconds) = (GC.GetAllocatedBytesForCurrentThread(), JitInfo.GetCompiledMethodCount(currentThread: true), ThreadClock.Seconds);
        var failure = Caught(() => target.Try(input, _behaviour));
        (bytes, methods, seconds) = (
            GC.GetAllocatedBytesForCurrentThread() - bytes, JitInfo.GetCompiledMethodCount(currentThread: true) - methods, ThreadClock.Seconds - seconds);
        Volatile.Write(ref _beganAt, 0);
        running.End();
        _slowest = Math.Max(_slowest, seconds);
        _mostAllocated = Math.Max(_mostAllocated, bytes);
        (string, string)? found = failure switch
        {
            BrokenPromiseException broken => (broken.Kind, broken.Message),
            { } other => (Kind(other), other.ToString()),
            null when bytes > FuzzTarget.MostAllocated(input.Length) => ("memory", $"{bytes:N0} bytes allocated for an input of {input.Length:N0}"),
            null when seconds > plan.SlowSeconds => ("slow", $"{seconds:F1} s of processor time"),
            null => null,
        };
        return (found, methods);
    }

    void Add(string kind, string message, byte[] input)
    {
        var path = Path.GetFullPath(Path.Combine(plan.Findings, $"{FileName}-{Convert.ToHexStringLower(SHA256.HashData(input))[..8]}{target.Ending}"));
        File.WriteAllBytes(path, input);
        _findings.Add(new Finding(target.Name, kind, message, input, plan.Seed, _inputs, path));
    }

    static Exception? Caught(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    // The same exception out of the same method is one finding.
    static string Kind(Exception e)
    {
        var frame = new StackTrace(e).GetFrames()
            .Select(f => f.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.Namespace is { } space && space.StartsWith("Quern", StringComparison.Ordinal));
        return $"{e.GetType().Name} in {frame?.DeclaringType?.Name}.{frame?.Name}";
    }
}
