using System.Globalization;
using System.Text;
using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary>Shapes, against what PostGIS makes of the same text.</summary>
public sealed class ShapeTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Theory]
    [InlineData("POINT(1 2)")]
    [InlineData("  point ( -1.5e-3   2E2 ) ")]
    [InlineData("POINT EMPTY")]
    [InlineData("POINT Z (1 2 3)")]
    [InlineData("POINT(1 2 3)")]
    [InlineData("POINTM(1 2 3)")]
    [InlineData("POINT ZM(1 2 3 4)")]
    [InlineData("POINT(.5 -.25)")]
    [InlineData("POINT(123456789012345678901234567890 0.1234567890123456789)")]
    [InlineData("LINESTRING(0 0,1 1,2 0)")]
    [InlineData("LINESTRING EMPTY")]
    [InlineData("POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))")]
    [InlineData("MULTIPOINT((1 2),(3 4))")]
    [InlineData("MULTIPOINT(1 2,3 4)")]
    [InlineData("MULTIPOINT((1 2),EMPTY)")]
    [InlineData("MultiLineString((0 0,1 1),(2 2,3 3))")]
    [InlineData("MULTIPOLYGON(((0 0,4 0,4 4,0 0)),((9 9,8 9,8 8,9 9)))")]
    [InlineData("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1),GEOMETRYCOLLECTION(POINT(3 4)))")]
    [InlineData("GEOMETRYCOLLECTION EMPTY")]
    [InlineData("SRID=3857;POINT(1 2)")]
    public void Text_is_read_as_PostGIS_reads_it(string text)
    {
        _db.Execute("create table t (g geometry)");
        Schema.Done(_db.Request($"select {Duck.Sql.Text(text)} as g", "t"));
        Assert.Equal(_db.One($"select encode(ST_AsEWKB(ST_GeomFromEWKT('{text}')), 'hex')"), _db.One("select encode(ST_AsEWKB(g), 'hex') from t"));
    }

    [Theory]
    [InlineData("POLYGON((0 0,4 0,4 4,0 0))", "MULTIPOLYGON(((0 0,4 0,4 4,0 0)))")]
    [InlineData("polygon empty", "MULTIPOLYGON EMPTY")]
    [InlineData("SRID=4326;MULTIPOLYGON(((0 0,4 0,4 4,0 0)))", "MULTIPOLYGON(((0 0,4 0,4 4,0 0)))")]
    public void A_polygon_becomes_a_multipolygon_where_the_column_asks(string text, string expected)
    {
        _db.Execute("create table t (g geometry(MultiPolygon, 4326))");
        Schema.Done(_db.Request($"select '{text}' as g", "t"));
        Assert.Equal($"4326 {expected}", _db.One("select ST_SRID(g), ST_AsText(g) from t"));
    }

    [Theory]
    [InlineData("POINT(1 2)", "a Point is not what the column takes")]
    [InlineData("POLYGON Z((0 0 1,4 0 1,4 4 1,0 0 1))", "a shape has heights or measures, and the column has not")]
    [InlineData("SRID=27700;POLYGON((0 0,4 0,4 4,0 0))", "a shape is in system of coordinates 27700")]
    [InlineData("POLYGON((0 0,4 0", "not a shape in well-known text, from character 17 on")]
    [InlineData("POLYGON((0 0,4 x,4 4,0 0))", "not a shape in well-known text, from character 17 on")]
    [InlineData("CIRCULARSTRING(0 0,1 1,2 0)", "not a shape in well-known text, from character 1 on")]
    public void What_the_column_does_not_take_is_refused_before_it_is_sent(string text, string what)
    {
        _db.Execute("create table t (g geometry(MultiPolygon, 4326))");
        var fault = Schema.Fails(_db.Request($"select '{text}' as g", "t"));
        Assert.Equal(("QN8284", what), (fault.Code, fault.What));
    }

    [Fact]
    public void Heights_are_dropped_only_when_told()
    {
        _db.Execute("create table t (g geometry(Point, 4326))");
        Schema.Done(_db.Request("select 'POINT Z(1 2 3)' as g", "t") with { DropZ = true });
        Assert.Equal("POINT(1 2)", _db.One("select ST_AsText(g) from t"));
    }

    [Theory]
    [InlineData("'POINT(500000 180000)'")]
    [InlineData("unhex('01010000000000000080841E41000000000000F03F')")]
    public void Metres_in_a_column_of_degrees_are_told(string point)
    {
        _db.Execute("create table t (g geometry(Point, 4326))");
        var report = Schema.Done(_db.Request($"select {point} as g", "t"));
        Assert.Equal(
            "shapes of \"g\" are outside of longitude and latitude, though the column is in 4326",
            Assert.Single(report.Warnings, w => w.Code == "QN8291").Message);
    }

    [Fact]
    public void A_ring_that_is_not_closed_is_named_by_its_row()
    {
        _db.Execute("create table t (id int, g geometry(Polygon, 4326))");
        var fault = Schema.Fails(_db.Request("values (1, 'POLYGON((0 0,4 0,4 4,0 0))'), (2, 'POLYGON((0 0,4 0,4 4,1 1))')", "t") with { Keys = [] });
        Assert.Equal("QN8265", fault.Code);
        fault = Schema.Fails(_db.Request("select * from (values (1, 'POLYGON((0 0,4 0,4 4,0 0))'), (2, 'POLYGON((0 0,4 0,4 4,1 1))')) v(id, g)", "t"));
        Assert.StartsWith("row 2 of the query, column \"g\"", fault.Where, StringComparison.Ordinal);
        Assert.Contains("closed rings", fault.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_table_has_the_shapes_that_are_named()
    {
        Schema.Done(_db.Request("select 'POLYGON((0 0,4 0,4 4,0 0))' as g, '' as p, 'POINT(1 2)' as q", "t", LoadMode.Create)
            with
        { Geometry = ["g:4326:MultiPolygon", "p:4326:Point", "q"] });
        Assert.Equal(
            ["geometry(MultiPolygon,4326)", "geometry(Point,4326)", "geometry"],
            _db.Rows("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 't'::regclass and attnum > 0 order by attnum"));
        Assert.Equal("MULTIPOLYGON(((0 0,4 0,4 4,0 0))) - POINT(1 2)", _db.One("select ST_AsText(g), ST_AsText(p), ST_AsText(q) from t"));
    }

    /// <summary>Random shapes with all digits that a double has: text of 17 digits, and binary of either order of bytes, come back as the
    /// same bits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_shapes_come_back_bit_for_bit(int seed)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, 400).Select(_ => Shape(random)).ToList();
        _db.Execute("create table wkt (id int, g geometry); create table wkb (id int, g geometry); create table own (id int, g geometry)");
        var rows = string.Join(", ", texts.Select((t, i) => string.Create(CultureInfo.InvariantCulture, $"({i}, '{t}')")));
        _db.Execute($"insert into own select id, ST_GeomFromText(t) from (values {rows}) v(id, t)");
        Schema.Done(_db.Request($"select * from (values {rows}) v(id, g)", "wkt"));
        var binary = _db.Rows("select id || ',' || encode(case when id % 2 = 0 then ST_AsBinary(g, 'XDR') else ST_AsEWKB(g) end, 'hex') from own order by id");
        _db.Write("wkb.csv", "id,g\n" + string.Join('\n', binary) + "\n");
        Schema.Done(_db.Request("select id, unhex(g) as g from read_csv('" + Path.Combine(_db.Folder, "wkb.csv") + "', types = {'g': 'varchar'})", "wkb"));
        foreach (var table in (string[])["wkt", "wkb"])
            Assert.Equal("0", _db.One($"select count(*) from own full join {table} using (id) where ST_AsEWKB(own.g) is distinct from ST_AsEWKB({table}.g)"));
        Assert.Equal("400", _db.One("select count(*) from wkb"));
    }

    static string Shape(Random random)
    {
        var z = random.Next(3) == 0 ? " Z" : "";
        return random.Next(6) switch
        {
            0 => $"POINT{z}{Body(0)}",
            1 => $"LINESTRING{z}{Body(1)}",
            2 => $"POLYGON{z}{Body(2)}",
            3 => $"MULTILINESTRING{z}({Body(1)},{Body(1)})",
            4 => $"MULTIPOLYGON{z}({Body(2)},{Body(2)})",
            _ => $"GEOMETRYCOLLECTION{z}(POINT{z}{Body(0)},POLYGON{z}{Body(2)})",
        };

        string Body(int kind)
        {
            if (kind == 0) return $"({Place()})";
            var text = new StringBuilder("(");
            var (first, count) = (Place(), random.Next(kind == 2 ? 3 : 1, 9));
            text.Append(first);
            for (var i = 0; i < count; i++) text.Append(',').Append(Place());
            if (kind == 2) text.Append(',').Append(first);
            return kind == 2 ? $"({text}))" : $"{text})";
        }

        string Place() => string.Join(' ', Enumerable.Range(0, z.Length > 0 ? 3 : 2).Select(_ => Number()));

        string Number() => random.Next(4) switch
        {
            0 => random.Next(-180, 181).ToString(CultureInfo.InvariantCulture),
            1 => ((random.NextDouble() - 0.5) * 360).ToString("F6", CultureInfo.InvariantCulture),
            2 => ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30))).ToString("E16", CultureInfo.InvariantCulture),
            _ => ((random.NextDouble() - 0.5) * 360).ToString("R", CultureInfo.InvariantCulture),
        };
    }
}
