using Quern.Chunks;

namespace Quern.Projects.Warehouses;

/// <summary>Values of the database as templates take them.</summary>
static class QueryValue
{
    /// <summary>The value of a row; types that templates do not know are given as text, as DuckDB prints them.</summary>
    public static object? Of(Vector vector, int row) => ValueBox.Read(vector, row) switch
    {
        null => null,
        var value and (int or short or sbyte or byte or ushort or uint or ulong or float or Int128 or UInt128 or long or double or bool or string
            or decimal or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid) => Jinja.Values.Value.From(value),
        _ => ValueText.Read(vector, row),
    };
}
