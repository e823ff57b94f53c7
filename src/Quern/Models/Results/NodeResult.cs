using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Times;

namespace Quern.Models.Results;

/// <summary>What became of a node.</summary>
public sealed record NodeResult
{
    /// <summary>The node; a <see cref="Projects.Nodes.Node"/>, <see cref="UnitTest"/> or <see cref="Exposure"/>.</summary>
    public required Resource Node { get; init; }

    /// <summary>How it ended.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>What the database said (<c>OK</c>, <c>INSERT 10</c>), or the error; null for a test that passed.</summary>
    public string? Message { get; init; }

    /// <summary>For a test the number of failures; 0 for a hook; null otherwise.</summary>
    public long? Failures { get; init; }

    /// <summary>The fault behind an error; null without one.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Seconds from begin to end.</summary>
    public double Seconds { get; init; }

    /// <summary>When compiling began and ended.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Compiling { get; init; }

    /// <summary>When executing began and ended.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Executing { get; init; }

    /// <summary>The worker it ran on: <c>Thread-1</c>.</summary>
    public string Thread { get; init; } = "";

    /// <summary>Its compiled SQL; null when it was not compiled.</summary>
    public string? CompiledSql { get; init; }

    /// <summary>Its relation as it prints; null when it makes none.</summary>
    public string? Relation { get; init; }

    /// <summary>What artifacts give as adapter_response.</summary>
    public Dict Response { get; init; } = new();

    /// <summary>Of a model that is built in parts: each part, and whether it was built; null for any other node.</summary>
    public IReadOnlyList<(EventWindow Window, bool IsBuilt)>? Batches { get; init; }

    /// <summary>Rows it made; null when not known.</summary>
    public long? Rows { get; init; }

    /// <summary>CPU seconds of its statements over all threads; null when not measured.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Bytes that DuckDB's buffers took at the most; null when not measured.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>The statement that took the most time; null unless operators were measured (<see cref="RunSettings.Measures"/>).</summary>
    public DuckProfile? Profile { get; init; }

    /// <summary>Bytes by which temporary files outgrew all that the run had spilled before it; null when not measured, or when they
    /// stayed below that.</summary>
    public long? SpillBytes { get; init; }
}
