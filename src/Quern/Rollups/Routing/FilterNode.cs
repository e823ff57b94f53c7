using Quern.Rollups.Answering;

namespace Quern.Rollups.Routing;

/// <summary>A condition on the rows of a grain: leaves of codes of one key, joined by and and or. Not is worked into the leaves.</summary>
abstract record FilterNode;

/// <summary>The code of a key is one of some.</summary>
sealed record FilterLeaf(int Key, CodeSet Codes) : FilterNode;

/// <summary>All hold.</summary>
sealed record FilterAll(IReadOnlyList<FilterNode> Terms) : FilterNode;

/// <summary>One holds.</summary>
sealed record FilterAny(IReadOnlyList<FilterNode> Terms) : FilterNode;
