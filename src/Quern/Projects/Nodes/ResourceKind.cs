namespace Quern.Projects.Nodes;

/// <summary>What a thing in a project's graph is; the names are dbt's.</summary>
public enum ResourceKind
{
    /// <summary>A query that becomes a relation.</summary>
    Model,

    /// <summary>A CSV file that becomes a table.</summary>
    Seed,

    /// <summary>A query whose changes are kept as history.</summary>
    Snapshot,

    /// <summary>A query for failing rows: generic (of a YAML file) or singular (a file of its own).</summary>
    Test,

    /// <summary>A model over given rows, compared with expected rows.</summary>
    UnitTest,

    /// <summary>A query that is compiled, never run.</summary>
    Analysis,

    /// <summary>A statement before or after all nodes: on-run-start, on-run-end.</summary>
    Operation,

    /// <summary>A relation that exists already.</summary>
    Source,

    /// <summary>A use of models outside of the project.</summary>
    Exposure,
}
