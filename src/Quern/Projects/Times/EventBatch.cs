using System.Globalization;

namespace Quern.Projects.Times;

/// <summary>A part of a model that is built by time: one hour, day, month or year of it.</summary>
/// <param name="Window">Its span.</param>
/// <param name="Size">How long it is.</param>
/// <param name="Grows">Whether the table is there already, so that this part is put into it.</param>
public sealed record EventBatch(EventWindow Window, BatchSize Size, bool Grows)
{
    /// <summary>Its name in files and templates: <c>20260131</c>.</summary>
    public string Id => Window.Start.ToString(
        Size switch
        {
            BatchSize.Hour => "yyyyMMdd'T'HH",
            BatchSize.Day => "yyyyMMdd",
            BatchSize.Month => "yyyyMM",
            _ => "yyyy",
        }, CultureInfo.InvariantCulture);
}
