namespace Quern.Delivery.Postgres.Copying;

/// <summary>A row that the server does not take, or would not.</summary>
/// <param name="Number">Which row of the load, from 0; -1 when nobody knows.</param>
/// <param name="Column">The column by the table's name; null when it is the row.</param>
/// <param name="Code">Code of the fault.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Wanted">What the column takes; null when the message says it.</param>
/// <param name="Try">What to try.</param>
sealed record RefusedRow(long Number, string? Column, string Code, string Message, string? Wanted = null, IReadOnlyList<string>? Try = null);
