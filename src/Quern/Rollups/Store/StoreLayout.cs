namespace Quern.Rollups.Store;

/// <summary>The names in the folder of a store, and the number of its format.</summary>
static class StoreLayout
{
    /// <summary>Rises with each change that an older reader would not understand.</summary>
    public const int Format = 1;

    /// <summary>What makes a folder a store.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>A file a grain.</summary>
    public const string Grains = "grains";

    /// <summary>A file for each key whose values are a list.</summary>
    public const string Keys = "keys";

    /// <summary>Rows for what no grain can answer.</summary>
    public const string Fallback = "fallback";

    /// <summary>What each source file gave, for a later build that adds to it.</summary>
    public const string Partials = "partials";
}
