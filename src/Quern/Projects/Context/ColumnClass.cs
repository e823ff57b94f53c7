using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>api.Column</c> itself: called it makes a column, as <c>create</c> does; <c>string_type</c> and its like name types.</summary>
sealed class ColumnClass : TemplateObject
{
    static readonly MemberObject Members = MemberObject.Of(
        "Column",
        new Function("create", arguments =>
        {
            var bound = arguments.Bind("create", 2, "name", "label_or_dtype");
            return Column.Make(bound.Text(0), bound.Text(1));
        }),
        new Function("string_type", arguments => Column.TextType(arguments.Bind("string_type", 1, "size").Whole(0))),
        new Function("numeric_type", arguments =>
        {
            var bound = arguments.Bind("numeric_type", 1, "dtype", "precision", "scale");
            return Column.NumberType(bound.Text(0), bound[1], bound[2]);
        }),
        new Function("translate_type", arguments => Column.Translate(arguments.Bind("translate_type", 1, "dtype").Text(0))));

    public static ColumnClass Instance { get; } = new();

    public override string TypeName => "type";

    public override bool IsCallable => true;

    public override object? Call(Arguments arguments)
    {
        var bound = arguments.Bind("Column", 2, "column", "dtype", "char_size", "numeric_precision", "numeric_scale");
        return new Column(bound.Text(0), bound.Text(1), bound[2] as long?, bound[3], bound[4]);
    }

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGetAttribute(name, out value);
}
