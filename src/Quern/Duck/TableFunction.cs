using Quern.Chunks;

namespace Quern.Duck;

/// <summary>A function of ours that SQL can read from: <c>select a from name('x', option = 1)</c>.</summary>
/// <remarks>Four steps, an object each: the function is bound to arguments (<see cref="TableSource"/>), a query scans
/// the columns it needs (<see cref="TableScan"/>), each thread of the query has a reader (<see cref="TableReader"/>), a
/// reader fills chunks. An exception in any of them ends the query and comes out of it again: a
/// <see cref="QuernException"/> or <see cref="OperationCanceledException"/> as it is, any other inside one.</remarks>
public abstract class TableFunction
{
    /// <summary>What SQL calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Types of the arguments by position, all required. Default: none.</summary>
    public virtual IReadOnlyList<LogicalType> Parameters => [];

    /// <summary>Arguments by name, all optional. Default: none.</summary>
    public virtual IReadOnlyList<Column> NamedParameters => [];

    /// <summary>Finds out what a call with these arguments gives; called once or more while a statement is
    /// prepared.</summary>
    public abstract TableSource Bind(TableArguments arguments);
}
