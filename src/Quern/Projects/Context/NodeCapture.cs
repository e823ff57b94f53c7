using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>What the template of a node said of itself while it was parsed.</summary>
/// <param name="Text">The text it rendered.</param>
/// <param name="Config">The keys that <c>config(...)</c> set, in order; hooks, tags and dicts of several calls put together. Hooks are under
/// <c>pre-hook</c> and <c>post-hook</c>, however the call spelled them.</param>
/// <param name="Refs">Its refs, in order of the calls, each once.</param>
/// <param name="Sources">Its sources, in order of the calls, each once.</param>
/// <param name="Macros">Ids of the macros it called, also through others, in order, each once.</param>
public sealed record NodeCapture(
    string Text, Dict Config, IReadOnlyList<RefCall> Refs, IReadOnlyList<SourceCall> Sources, IReadOnlyList<string> Macros);
