namespace Quern.Jinja.Filters;

/// <summary>The filters by name: first those added to the environment, then the language's own.</summary>
static class FilterTable
{
    static readonly string[] Names =
    [
        "abs", "attr", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e", "escape",
        "filesizeformat", "first", "float", "forceescape", "format", "groupby", "indent", "int", "items", "join",
        "last", "length", "list", "lower", "map", "max", "min", "pprint", "reject", "rejectattr", "replace", "reverse",
        "round", "safe", "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "tojson",
        "trim", "truncate", "unique", "upper", "urlencode", "wordcount", "wordwrap",
    ];

    public static Filter? Find(TemplateEnvironment environment, string name) =>
        environment.Filters.TryGetValue(name, out var filter) ? filter : BuiltIn(name);

    public static TemplateFailure Unknown(TemplateEnvironment environment, string name)
    {
        var near = NearestName.Of(name, [.. Names, .. environment.Filters.Keys]);
        return new TemplateFailure(
            "QN7004", $"there is no filter '{name}'", near is null ? [] : [$"did you mean '{near}'?"]);
    }

    static Filter? BuiltIn(string name) => name switch
    {
        "abs" => NumberFilters.Abs,
        "attr" => SelectionFilters.Attr,
        "batch" => SequenceFilters.Batch,
        "capitalize" => TextFilters.Capitalize,
        "center" => TextFilters.Center,
        "count" or "length" => SequenceFilters.Length,
        "d" or "default" => SelectionFilters.Default,
        "dictsort" => SortFilters.DictSort,
        "e" or "escape" or "forceescape" => TextFilters.Escape,
        "filesizeformat" => NumberFilters.FileSize,
        "first" => SequenceFilters.First,
        "float" => NumberFilters.Float,
        "format" => TextFilters.Format,
        "groupby" => SortFilters.GroupBy,
        "indent" => LayoutFilters.Indent,
        "int" => NumberFilters.Int,
        "items" => SequenceFilters.Items,
        "join" => SequenceFilters.Join,
        "last" => SequenceFilters.Last,
        "list" => SequenceFilters.List,
        "lower" => TextFilters.Lower,
        "map" => SelectionFilters.Map,
        "max" => SortFilters.Max,
        "min" => SortFilters.Min,
        "pprint" => TextFilters.PrettyPrint,
        "reject" => SelectionFilters.Reject,
        "rejectattr" => SelectionFilters.RejectAttr,
        "replace" => TextFilters.Replace,
        "reverse" => SequenceFilters.Reverse,
        "round" => NumberFilters.Round,
        "safe" or "string" => TextFilters.Text,
        "select" => SelectionFilters.Select,
        "selectattr" => SelectionFilters.SelectAttr,
        "slice" => SequenceFilters.Slice,
        "sort" => SortFilters.Sort,
        "striptags" => TextFilters.StripTags,
        "sum" => NumberFilters.Sum,
        "title" => TextFilters.Title,
        "tojson" => TextFilters.ToJson,
        "trim" => TextFilters.Trim,
        "truncate" => LayoutFilters.Truncate,
        "unique" => SortFilters.Unique,
        "upper" => TextFilters.Upper,
        "urlencode" => TextFilters.UrlEncode,
        "wordcount" => TextFilters.WordCount,
        "wordwrap" => LayoutFilters.WordWrap,
        _ => null,
    };
}
