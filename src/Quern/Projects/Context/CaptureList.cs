using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>Collects what a template says of itself while it is parsed.</summary>
sealed class CaptureList
{
    readonly HashSet<object> _seen = [];
    readonly List<RefCall> _refs = [];
    readonly List<SourceCall> _sources = [];
    readonly List<string> _macros = [];

    public Dict Config { get; } = new();

    public void Add(RefCall call)
    {
        if (_seen.Add(call)) _refs.Add(call);
    }

    public void Add(SourceCall call)
    {
        if (_seen.Add(call)) _sources.Add(call);
    }

    public void AddMacro(string id)
    {
        if (_seen.Add(id)) _macros.Add(id);
    }

    /// <summary>Takes one key of a call of <c>config</c>: hooks and tags are appended to those of calls before, dicts are merged.</summary>
    public void AddConfig(string key, object? value)
    {
        if (key is "pre_hook" or "post_hook") key = key.Replace('_', '-');
        if (key is "pre-hook" or "post-hook" or "tags")
        {
            var all = Config[key] is List<object?> before ? new List<object?>(before) : [];
            if (value is List<object?> or TupleValue) all.AddRange((IReadOnlyList<object?>)value);
            else all.Add(value);
            Config[key] = all;
        }
        else if (Config[key] is Dict map && value is Dict more && key is ("meta" or "quoting" or "column_types" or "docs" or "contract"))
        {
            var merged = map.Copy();
            foreach (var (name, item) in more) merged[name] = item;
            Config[key] = merged;
        }
        else
        {
            Config[key] = value;
        }
    }

    public NodeCapture Make(string text) => new(text, Config, _refs, _sources, _macros);
}
