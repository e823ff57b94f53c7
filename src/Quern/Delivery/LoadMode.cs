namespace Quern.Delivery;

/// <summary>What becomes of the rows that a table has when others are loaded.</summary>
public enum LoadMode
{
    /// <summary>There must be no such table: it is made.</summary>
    Create,

    /// <summary>They stay.</summary>
    Append,

    /// <summary>Those with a key of the load go; without keys, all.</summary>
    Replace,

    /// <summary>Those with a key of the load are changed.</summary>
    Merge,
}
