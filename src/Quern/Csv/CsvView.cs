using Quern.Duck;

namespace Quern.Csv;

/// <summary>A read with a name in SQL: <c>select a from name()</c>. For reads that C# describes.</summary>
/// <param name="name">What SQL calls it, in all sessions of a database. A database keeps the first read of a name and drops later
/// ones without a word.</param>
/// <param name="read">What is read.</param>
/// <param name="maxThreads">Threads that may read at once, up to those of the database.</param>
/// <param name="inOrder">Rows come in the order of the files, to one thread of the database; so many threads of their own, whatever
/// the database has, read ahead for it. Default: false.</param>
/// <param name="orderBytes">About what chunks may take that wait for those in front of them. Default: 32 MiB.</param>
sealed class CsvView(string name, CsvRead read, int maxThreads, bool inOrder = false, long orderBytes = CsvOrdered.UsualBytes) : TableFunction
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments) => new CsvTable(read, maxThreads, inOrder, orderBytes);
}
