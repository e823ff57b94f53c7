using Quern.Duck;

namespace Quern.Arrow;

/// <summary>Arrow files with a name in SQL: <c>select a from name()</c>. For reads that C# describes.</summary>
/// <param name="name">What SQL calls it, in all sessions of a database. A database keeps the first read of a name and drops later
/// ones without a word.</param>
/// <param name="read">What is read.</param>
/// <param name="maxThreads">Threads that may read at once, up to those of the database. With 1 rows come in their
/// order.</param>
public sealed class ArrowView(string name, ArrowRead read, int maxThreads) : TableFunction
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments) => new ArrowTable(new ArrowSet(read), maxThreads);
}
