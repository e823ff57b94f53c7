namespace Quern.Projects.Selection;

/// <summary>What a list shows of each resource.</summary>
public enum ListForm
{
    /// <summary>What selects it: <c>shop.staging.orders</c>, <c>source:shop.files.rates</c>.</summary>
    Selector,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>Its file.</summary>
    Path,

    /// <summary>Some of what the manifest says of it.</summary>
    Json,
}
