using System.Runtime.CompilerServices;

namespace Quern.Jinja;

/// <summary>
/// Counts what a rendering uses against its <see cref="Limits"/>. The meter of the rendering that runs on a thread is
/// found through the thread, so that operations deep inside values (a hash, a comparison) are counted too; values used
/// outside of a rendering are not metered.
/// </summary>
sealed class Meter(Limits limits, CancellationToken cancellation)
{
    [ThreadStatic] static Meter? _current;

    long _steps = limits.Steps;
    long _bytes = limits.MemoryBytes;

    /// <summary>Makes a meter the thread's current one and returns the one before, to be put back.</summary>
    public static Meter? Switch(Meter? meter)
    {
        var before = _current;
        _current = meter;
        return before;
    }

    /// <summary>Counts work: about one per statement, call, item, or 64 characters looked at.</summary>
    public static void Step(long count = 1) => _current?.Use(count);

    /// <summary>Counts memory before it is taken.</summary>
    public static void Charge(long bytes)
    {
        if (_current is { } meter) meter.Take(bytes);
    }

    /// <summary>Counts the characters of a text about to be made, and the work of making it.</summary>
    public static void ChargeText(long length)
    {
        if (length > 1 << 29) throw OutOfMemory(2 * length, null);
        Charge(2 * length);
        Step(length >> 6);
    }

    /// <summary>Counts the slots of a list about to be made, and the work of making it.</summary>
    public static void ChargeItems(long count)
    {
        if (count > 1 << 29) throw OutOfMemory(8 * count, null);
        Charge(16 * count);
        Step(count >> 4);
    }

    /// <summary>Asked at every recursion over templates or values: is there stack left, and work allowed?</summary>
    public static void Descend()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw TemplateFailure.Depth("the template or one of its values is nested too deeply");
        _current?.Use(1);
    }

    static TemplateFailure OutOfMemory(long bytes, long? limit) => TemplateFailure.Budget(
        limit is null
            ? FormattableString.Invariant($"a value of {bytes >> 20:N0} MiB is too large for a template")
            : FormattableString.Invariant($"the template uses more than the {limit >> 20:N0} MiB a rendering may use"),
        "look for repetition with a huge count or a text that doubles in a loop");

    void Use(long count)
    {
        cancellation.ThrowIfCancellationRequested();
        _steps -= count;
        if (_steps >= 0) return;
        throw TemplateFailure.Budget(
            FormattableString.Invariant($"the template takes more than the {limits.Steps:N0} steps a rendering may take"),
            "look for loops inside loops over large ranges");
    }

    void Take(long bytes)
    {
        _bytes -= bytes;
        if (_bytes < 0) throw OutOfMemory(bytes, limits.MemoryBytes);
    }
}
