namespace Quern.Delivery.Postgres.Shapes;

/// <summary>What a column of PostGIS takes.</summary>
/// <param name="Srid">Its system of coordinates; 0 for none.</param>
/// <param name="Type">The one type of its shapes; 0 for any.</param>
/// <param name="HasZ">It has heights; null when it takes both.</param>
/// <param name="HasM">It has measures; null when it takes both.</param>
/// <param name="DropsZ">Heights and measures that it has no place for are left out, instead of being refused.</param>
sealed record ShapeColumn(int Srid, int Type, bool? HasZ, bool? HasM, bool DropsZ = false)
{
    static readonly string[] Names =
        ["Geometry", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"];

    /// <summary>WGS 84, in degrees: points have a longitude and a latitude.</summary>
    const int Degrees = 4326;

    /// <summary>Points have a longitude and a latitude.</summary>
    public bool IsGeographic => Srid == Degrees;

    /// <summary>Whether a point is outside of longitude and latitude, where the column has these: metres, most likely.</summary>
    public bool IsFar(double x, double y) => Srid == Degrees && (Math.Abs(x) > 180 || Math.Abs(y) > 90);

    /// <summary>Takes anything.</summary>
    public static ShapeColumn Any => new(0, 0, null, null);

    /// <summary>What the server calls a type.</summary>
    public static string NameOf(int type) => type < Names.Length ? Names[type] : FormattableString.Invariant($"type {type}");

    /// <summary>Reads the parts behind the name: <c>MultiPolygon,4326</c>, <c>PointZ</c>; null when they are none.</summary>
    public static ShapeColumn? Parse(string parts)
    {
        var words = parts.Split(',', StringSplitOptions.TrimEntries);
        var srid = 0;
        var isSrid = words.Length < 2 || int.TryParse(words[1], System.Globalization.CultureInfo.InvariantCulture, out srid);
        if (words.Length > 2 || !isSrid) return null;
        var (name, z, m) = (words[0], false, false);
        if (TypeOf(name) is null && name.EndsWith("M", StringComparison.OrdinalIgnoreCase)) (m, name) = (true, name[..^1]);
        if (TypeOf(name) is null && name.EndsWith("Z", StringComparison.OrdinalIgnoreCase)) (z, name) = (true, name[..^1]);
        if (TypeOf(name) is not { } type) return null;
        return type == 0 && !z && !m ? new(srid, 0, null, null) : new(srid, type, z, m);
    }

    static int? TypeOf(string name) =>
        Array.FindIndex(Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var type ? type : null;

    /// <summary>What the server calls the type of the column.</summary>
    public string Sql
    {
        get
        {
            var name = $"{NameOf(Type)}{(HasZ == true ? "Z" : "")}{(HasM == true ? "M" : "")}";
            return (Type, Srid) switch
            {
                (0, 0) when HasZ != true && HasM != true => "geometry",
                (_, 0) => $"geometry({name})",
                _ => FormattableString.Invariant($"geometry({name},{Srid})"),
            };
        }
    }

    /// <summary>How a shape of a type is written: as it is, or as the only member of a shape of several.</summary>
    /// <returns>True when it is to be the only member.</returns>
    /// <exception cref="Binary.UnfitException">QN8284: the column takes no such shape.</exception>
    public bool Promotes(int type)
    {
        if (Type == 0 || Type == type) return false;
        if (Type == type + 3 && type is >= 1 and <= 3) return true;
        throw new Binary.UnfitException("QN8284", $"a {NameOf(type)} is not what the column takes") { Wanted = NameOf(Type) };
    }

    /// <summary>Which coordinates beyond the first two are written.</summary>
    /// <exception cref="Binary.UnfitException">QN8284: there are some that the column does not take.</exception>
    public (bool Z, bool M) Kept(bool z, bool m)
    {
        if (((z && HasZ == false) || (m && HasM == false)) && !DropsZ)
        {
            throw new Binary.UnfitException("QN8284", "a shape has heights or measures, and the column has not")
            {
                Wanted = Sql,
                Try = ["--drop-z     leaves them out"],
            };
        }
        return (z && HasZ != false, m && HasM != false);
    }
}
