using Quern.Csv;

namespace Quern.Delivery;

/// <summary>The rows of a shipment where they come from: CSV files whose rows go to the destination as they are read. A destination that
/// can reads them by itself, with all threads, in place of the relation.</summary>
/// <param name="Read">The files.</param>
/// <param name="Columns">Positions of the columns, in the order of the shipment.</param>
/// <param name="InOrder">Rows keep the order of the files.</param>
/// <param name="Threads">Threads that read and write.</param>
/// <param name="LimitBytes">What all of them may hold.</param>
sealed record CsvFeed(CsvRead Read, IReadOnlyList<int> Columns, bool InOrder, int Threads, long LimitBytes);
