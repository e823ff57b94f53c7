using System.Globalization;
using System.Text.RegularExpressions;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>A column as templates hold it: <c>api.Column</c>.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">Its type without length: <c>VARCHAR</c>, <c>DECIMAL(14,2)</c>.</param>
/// <param name="charSize">Length of a text column; null when it has none.</param>
/// <param name="precision">Digits of a number; null when not known.</param>
/// <param name="scale">Digits behind the point; null when not known.</param>
sealed partial class Column(string name, string type, long? charSize = null, object? precision = null, object? scale = null)
    : TemplateObject
{
    /// <summary>The length that text columns are given where a length is asked for.</summary>
    const long DefaultSize = 256;

    static readonly string[] TextTypes = ["text", "character varying", "character", "varchar"];
    static readonly string[] RealTypes = ["real", "float4", "float", "double precision", "float8", "double"];
    static readonly string[] WholeTypes =
    [
        "smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "int2", "int4", "int8", "serial2", "serial4", "serial8",
        "tinyint",
        "hugeint", "utinyint", "usmallint", "uinteger", "ubigint", "uhugeint", "int", "int1",
    ];

    static readonly Dictionary<string, Func<Column, Arguments, object?>> Methods = new(StringComparer.Ordinal)
    {
        ["is_string"] = (c, _) => c.IsText,
        ["is_float"] = (c, _) => c.IsReal,
        ["is_integer"] = (c, _) => c.IsWhole,
        ["is_numeric"] = (c, _) => c.IsExact,
        ["is_number"] = (c, _) => c.IsReal || c.IsWhole || c.IsExact,
        ["string_size"] = (c, _) =>
            c.IsText ? c.Size : throw new QuernException(new Fault("QN7136", "only a column of text has a size") { Value = c.ToString() }),
        ["can_expand_to"] = (c, a) => c.CanExpandTo(a.Bind("can_expand_to", 1, "other_column")[0]),
        ["literal"] = (c, a) => $"{PythonText.Of(a.Bind("literal", 1, "value")[0])}::{c.DataType}",
        ["flatten"] = (c, _) => new List<object?> { c },
    };

    public string Name => name;

    /// <summary>The type as a column definition or a cast takes it.</summary>
    public string DataType =>
        IsText ? TextType(Size) : type.ToLowerInvariant() is "numeric" or "decimal" ? NumberType(type, precision, scale) : type;

    public override string TypeName => "DuckDBColumn";

    bool IsText => TextTypes.Contains(type.ToLowerInvariant());

    bool IsReal => RealTypes.Contains(type.ToLowerInvariant());

    bool IsWhole => WholeTypes.Contains(type.ToLowerInvariant());

    bool IsExact => Digits().Replace(type, "").ToLowerInvariant() is "numeric" or "decimal";

    long Size => type.Equals("text", StringComparison.OrdinalIgnoreCase) ? DefaultSize : charSize ?? DefaultSize;

    /// <summary>A type of text with a length: <c>character varying(256)</c>.</summary>
    public static string TextType(long size) => $"character varying({size.ToString(CultureInfo.InvariantCulture)})";

    /// <summary>A type of number with its digits, as far as they are known.</summary>
    public static string NumberType(string type, object? precision, object? scale) =>
        precision is null or Undefined || scale is null or Undefined
            ? type : $"{type}({PythonText.Of(precision)},{PythonText.Of(scale)})";

    /// <summary>A column out of a name and a type: <c>varchar(20)</c>, or a word that stands for a type (<c>STRING</c>).</summary>
    public static Column Make(string name, string type)
    {
        if (Sized().Match(type) is { Success: true } sized && TextTypes.Contains(sized.Groups[1].Value.ToLowerInvariant()))
            return new Column(name, sized.Groups[1].Value, long.Parse(sized.Groups[2].Value, CultureInfo.InvariantCulture));
        return new Column(name, Translate(type));
    }

    /// <summary>The types behind the words that seeds and packages use for them.</summary>
    public static string Translate(string type) => type.ToUpperInvariant() switch
    {
        "STRING" => "TEXT",
        "TIMESTAMP" => "TIMESTAMP",
        "FLOAT" => "FLOAT",
        "INTEGER" => "INT",
        "BOOLEAN" => "BOOLEAN",
        _ => type,
    };

    public override bool TryGetAttribute(string member, out object? value)
    {
        (var found, value) = member switch
        {
            "name" or "column" => (true, (object?)name),
            "dtype" => (true, type),
            "data_type" => (true, DataType),
            "quoted" => (true, Quern.Duck.Sql.Name(name)),
            "char_size" => (true, charSize),
            "numeric_precision" => (true, precision),
            "numeric_scale" => (true, scale),
            "create" or "string_type" or "numeric_type" or "translate_type" =>
                (ColumnClass.Instance.TryGetAttribute(member, out var shared), shared),
            _ when Methods.TryGetValue(member, out var method) => (true, new Function(member, arguments => method(this, arguments))),
            _ => (false, null),
        };
        return found;
    }

    public override bool Equals(object? obj) => obj is Column other && other.Name == Name && other.DataType == DataType;

    public override int GetHashCode() => name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"<DuckDBColumn {name} ({DataType})>";

    object CanExpandTo(object? other) => other is Column wider && IsText && wider.IsText && wider.Size > Size;

    [GeneratedRegex(@"\(.*\)$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^\s*([a-zA-Z ]+?)\s*\((\d+)\)\s*$")]
    private static partial Regex Sized();
}
