using System.CommandLine;
using Quern;
using Quern.Bench;
using Quern.Bench.Arrow;
using Quern.Bench.Csv;
using Quern.Bench.Fuzz;
using Quern.Bench.Months;
using Quern.Bench.Projects;
using Quern.Bench.Rollups;
using Quern.Bench.Sqlite;
using Quern.Bench.Terminal;
using Quern.Bench.Whole;

var root = new RootCommand("Data and measurements for Quern: generates cluster months, measures whole processes, fuzzes readers.")
{
    MonthVerb.Create(),
    WholeVerb.Create(TimeProvider.System),
    ProjectVerb.Create(),
    NodesVerb.Create(TimeProvider.System),
    FuzzVerb.Create(),
    ArrowVerb.Create(TimeProvider.System),
    CsvVerb.Create(TimeProvider.System),
    CsvVerb.CreateTask(),
    FoldVerb.Create(TimeProvider.System),
    SqliteVerb.Create(TimeProvider.System),
    SqliteVerb.CreateTask(),
    SqliteVerb.CreateRows(),
};
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchException refused)
{
    Out.Error(refused.Message);
    return 2;
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception failed) when (failed is QuernException or IOException or UnauthorizedAccessException)
{
    Out.Error(failed.Message);
    return 1;
}
