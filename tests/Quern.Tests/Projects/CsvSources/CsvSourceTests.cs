using System.Globalization;
using Quern.Duck;
using Quern.Models.Results;
using Quern.Projects.CsvSources;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;
using Quern.Tests.Duck;
using Quern.Tests.Models;

namespace Quern.Tests.Projects.CsvSources;

/// <summary>Sources that name CSV files by their path, read by our reader under the name that they have for the engine.</summary>
public sealed class CsvSourceTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_source_has_the_names_types_rows_and_order_that_the_engine_reads()
    {
        Write("a.csv", "id,amount,at,day,flag,note,,id\n7,1.50,2024-01-02 03:04:05,2024-01-02,true,\"x\ny\",1,2\n,2.25,,,false,\"\",,\n-3,,1999-12-31 23:59:59.5,1999-12-31,,\"say \"\"hi\"\"\",3,4\n");
        Assert.Equal(All(Engine("a.csv")), All(Ours("a.csv")));
    }

    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11\n2,2,3,4,5,6,7,8,9,10,12\n")]
    [InlineData("name,kind\nfoo,bar\nbaz,qux\n")]
    [InlineData("a,b\n")]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n")]
    [InlineData("code,part\n007,1\n010,2\n")]
    [InlineData("n,m\n1,NaN\n-0,inf\n,2\n")]
    [InlineData("c\n7\n\n8\n")]
    [InlineData("n\n1\nNULL\n2\n")]
    [InlineData("d\n13/02/2024\n14/02/2024\n")]
    [InlineData("u\n6a2f41a3-c54c-fce8-32d2-0324e1c32e22\n")]
    [InlineData("t,x\n12:30:00,1e3\n00:00:01,2\n")]
    [InlineData("j\n\"{\"\"x\"\": 1}\"\n[1]\n")]
    [InlineData("\ufeffa,b\r\n1,\"x,y\"\r\n2,\r\n")]
    public void Small_files_are_read_as_the_engine_reads_them(string text)
    {
        Write("a.csv", text);
        Assert.Equal(All(Engine("a.csv")), All(Ours("a.csv")));
    }

    [Theory]
    [InlineData("n\n18446744073709551615\n1\n", "n UBIGINT", "18446744073709551615|1")]
    [InlineData("n\n123456789012345678901234567890123456789\n", "n VARCHAR", "123456789012345678901234567890123456789")]
    [InlineData("d\n01/02/2024\n03/04/2024\n", "d VARCHAR", "01/02/2024|03/04/2024")]
    [InlineData("t\n2024-01-02 03:04:05.123456789\n", "t TIMESTAMP_NS", "2024-01-02 03:04:05.123456789")]
    public void A_type_differs_from_the_engines_where_that_would_lose_or_guess_something(string text, string type, string values)
    {
        Write("a.csv", text);
        var (columns, rows) = Ours("a.csv");
        Assert.Equal([type], columns);
        Assert.Equal(values.Split('|'), rows);
    }

    [Fact]
    public void Random_files_have_the_types_and_values_that_the_engine_reads()
    {
        const int Files = 60;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var file = 0; file < Files; file++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"r{file}.csv");
            Write(name, RandomFile(random));
            var (engine, ours) = (Engine(name), Ours(name));
            Assert.True(All(engine).SequenceEqual(All(ours)), $"seed {seed}, file {file}:\n{File.ReadAllText(_project.Folder[name])}");
        }
    }

    [Fact]
    public void Globs_have_the_partitions_of_their_paths()
    {
        Write("lake/year=2024/month=01/a.csv", "x,y\n1,a\n2,b\n");
        Write("lake/year=2024/month=02/b.csv", "x,y\n3,c\n");
        Assert.Equal(All(Engine("lake/*/*/*.csv")), All(Ours("lake/*/*/*.csv")));
    }

    [Fact]
    public void Compressed_files_are_read_by_their_ending()
    {
        _project.Folder.WriteGzip("a.csv.gz", "id,note\n1,x\n2,\"y\n\"\n");
        Assert.Equal(All(Engine("a.csv.gz")), All(Ours("a.csv.gz")));
    }

    [Fact]
    public void Declared_types_win_and_the_others_are_found_out()
    {
        Write("a.csv", "code,day,n,list\n7,1/2/2024,1,[]\n");
        var table = Source("a.csv", ("CODE", "text"), ("n", "decimal(9,2)"), ("list", "integer[]"), ("gone", "date"));
        table.Columns["day"] = new ColumnInfo { Name = "day", DataType = "date", Meta = new() { ["format"] = "%d/%m/%Y" } };
        var (columns, rows) = Read("a.csv");
        Assert.Equal(["code VARCHAR", "day DATE", "n DECIMAL(9,2)", "list VARCHAR"], columns);
        Assert.Equal(["7;2024-02-01;1.00;[]"], rows);
    }

    [Fact]
    public void Files_are_looked_at_once_a_run_and_again_when_a_model_wrote_them()
    {
        var path = _project.Folder["out/b.csv"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Source("out/b.csv");
        _project.Model("b", "select 1 as k, 'x' as v", "external", ("location", path));
        _project.Model("first", "-- depends_on: {{ ref('b') }}\nselect * from {{ source('files', 's') }}");
        _project.Model("second", "select b.k + first.k as k from {{ source('files', 's') }} cross join {{ ref('first') }}");
        _project.Model("again", "-- depends_on: {{ ref('second') }}\nselect 2 as k, 'longer' as w, 0.5 as x", "external", ("location", path));
        _project.Model("third", "-- depends_on: {{ ref('again') }}\nselect * from {{ source('files', 's') }}");
        Ok(_project.Run());
        Assert.Equal(
            ["main.again view k BIGINT, w VARCHAR, x DOUBLE", "main.b view k BIGINT, v VARCHAR", "main.first base table k BIGINT, v VARCHAR",
                "main.second base table k BIGINT", "main.third base table k BIGINT, w VARCHAR, x DOUBLE"],
            _project.Relations());
        Assert.Equal(["1|x"], _project.Rows("from first"));
        Assert.Equal(["2|longer|0.5"], _project.Rows("from third"));
    }

    [Fact]
    public void A_look_at_files_ends_when_the_run_does()
    {
        Write("a.csv", "n\n1\n");
        Source("a.csv");
        using var stop = new CancellationTokenSource();
        using var warehouse = new Warehouse(DuckDatabase.Open(TestDuck.Options), [], stop.Token);
        using var session = warehouse.Connect(_project.Load());
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => session.Query($"from '{_project.Folder["a.csv"]}'"));
    }

    [Fact]
    public void Unchanged_files_are_looked_at_once()
    {
        Write("a.csv", "n\n1\n");
        var source = new CsvSource(_project.Folder["a.csv"], Source("a.csv"));
        var read = source.Read(_project.Folder.Path, 1, CancellationToken.None);
        Assert.Same(read, source.Read(_project.Folder.Path, 1, CancellationToken.None));
        Assert.Equal(1, source.Looks);
        Write("a.csv", "n\n1.5\n");
        Assert.Equal("DOUBLE", source.Read(_project.Folder.Path, 1, CancellationToken.None).Columns[0].Type.ToString());
        Assert.Equal(2, source.Looks);
    }

    [Fact]
    public void A_view_that_a_project_leaves_names_the_file_and_can_be_read_without_us()
    {
        Write("a.csv", "n,m\n1,2.50\n2,3.50\n");
        Source("a.csv");
        _project.Model("v", "select n, m from {{ source('files', 's') }}", "view");
        _project.Model("w", "select sum(n) as n from {{ ref('v') }}");
        Ok(_project.Run());
        Assert.Equal(["3"], _project.Rows("from w"));
        Assert.Equal(["1|2.5", "2|3.5"], _project.Rows("from v"));
        Assert.DoesNotContain("quern_csv", Assert.Single(_project.Rows("select sql from duckdb_views() where view_name = 'v'")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_does_not_fit_names_its_place_and_the_source()
    {
        Write("a.csv", "n\n1\nx\n");
        Source("a.csv", ("n", "integer"));
        _project.Model("m", "select * from {{ source('files', 's') }}");
        var fault = Assert.Single(_project.Run().Results).Fault!;
        Assert.Equal(
            $"""
            error QN3001: a value does not fit its column
              where   FOLDER/a.csv line 3 (byte 4), column 1 "n", of source files.s (models/sources.yml:7)
              value   "x"
              wanted  INTEGER
              try     correct the cell
                      declare another `data_type` for the column in models/sources.yml
            """,
            fault.ToString().Replace(Shown(), "FOLDER", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_with_the_source_when_it_is_read_and_not_before()
    {
        Source("none.csv");
        _project.Model("m", "select * from {{ source('files', 's') }}");
        _project.Model("n", "select 1 as n");
        var results = _project.Run().Results;
        Assert.Equal(NodeStatus.Success, results.Single(r => r.Node.Name == "n").Status);
        var fault = results.Single(r => r.Node.Name == "m").Fault!;
        Assert.Equal("QN2001", fault.Code);
        Assert.Contains("none.csv", fault.Where, StringComparison.Ordinal);
        Assert.EndsWith(", of source files.s (models/sources.yml:7)", fault.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_nodes_read_a_source_at_the_same_time()
    {
        Write("a.csv", "n,t\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"{i},text {i}\n"))));
        Source("a.csv");
        _project.Threads = 4;
        for (var i = 0; i < 8; i++)
            _project.Model(FormattableString.Invariant($"m{i}"), FormattableString.Invariant($"select * from {{{{ source('files', 's') }}}} where n % 8 = {i}"));
        Ok(_project.Run());
        var all = string.Join(" union all ", Enumerable.Range(0, 8).Select(i => FormattableString.Invariant($"from m{i}")));
        Assert.Equal(["20000|199990000"], _project.Rows($"select count(*), sum(n) from ({all})"));
    }

    [Theory]
    [InlineData("'data/x.csv'", "data/x.csv")]
    [InlineData("\"data/x.tsv\"", "data/x.tsv")]
    [InlineData("'a''b.CSV'", "a'b.CSV")]
    [InlineData("'data/*.csv.gz'", "data/*.csv.gz")]
    [InlineData("'x.csv.zst'", "x.csv.zst")]
    [InlineData("read_csv('x.csv', delim=';')", null)]
    [InlineData("'x.parquet'", null)]
    [InlineData("'s3://bucket/x.csv'", null)]
    [InlineData("'~/x.csv'", null)]
    [InlineData("'x.csv\"", null)]
    [InlineData("'", null)]
    [InlineData(null, null)]
    public void Plain_paths_of_this_machine_are_ours_and_all_else_is_the_engines(string? location, string? path) =>
        Assert.Equal(path, CsvSourceSet.PathOf(_project.Source("s", location!)));

    [Fact]
    public void Paths_that_SQL_cannot_tell_apart_are_left_to_the_engine()
    {
        _project.Source("a", "'x.csv'");
        _project.Source("b", "'X.csv'");
        _project.Source("c", "'y.csv'");
        _project.Source("d", "'y.csv'", ("n", "text"));
        Assert.Equal([("y.csv", "d")], CsvSourceSet.Of(_project.Manifest).Select(s => (s.Path, s.Table.Name)));
    }

    [Theory]
    [InlineData("select x.n from 'd/x.csv'", "select x.n from 'd/x.csv' as \"x\"")]
    [InlineData("select X . n from 'd/x.csv' where true", "select X . n from 'd/x.csv' as \"x\" where true")]
    [InlineData("select \"x\".* from (select * from \"d/x.csv\") x, \"d/x.csv\"", "select \"x\".* from (select * from \"d/x.csv\" as \"x\") x, \"d/x.csv\" as \"x\"")]
    [InlineData("select y.n from 'd/x.csv' y", null)]
    [InlineData("select y.n, x.n from 'd/x.csv' y, x", null)]
    [InlineData("select n from 'd/x.csv'", null)]
    [InlineData("select max.n from 'd/y.csv' max", null)]
    public void A_file_has_the_name_that_the_engine_gives_it(string sql, string? named) =>
        Assert.Equal(named ?? sql, EngineAlias.Add(sql, "d/x.csv"));

    static void Ok(RunResults results) => MaterializationTests.Ok(results);

    static string RandomFile(Random random)
    {
        Func<string>[] kinds =
        [
            () => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
            () => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            () => (random.NextDouble() * 1000 - 500).ToString("R", CultureInfo.InvariantCulture),
            () => random.Next(0, 100_000).ToString(CultureInfo.InvariantCulture).PadLeft(3, '1') + ".25",
            () => random.Next(2) == 0 ? "true" : "false",
            () => new DateTime(1990 + random.Next(50), 1 + random.Next(12), 1 + random.Next(28)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            () => new DateTime(2000, 1, 1).AddSeconds(random.Next()).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            () => $"\"w{random.Next(100)}, \"\"{(random.Next(2) == 0 ? "\n" : "x")}\"\" ü\"",
            () => "word" + random.Next(100).ToString(CultureInfo.InvariantCulture),
        ];
        var columns = Enumerable.Range(0, 2 + random.Next(6)).Select(_ => kinds[random.Next(kinds.Length)]).ToArray();
        var rows = Enumerable.Range(0, 5 + random.Next(40)).Select(_ => string.Join(',', columns.Select(c => random.Next(10) == 0 ? "" : c())));
        return string.Join(',', columns.Select((_, i) => FormattableString.Invariant($"c{i}"))) + "\n"
            + string.Concat(columns.Select((c, i) => (i == 0 ? "" : ",") + c())) + "\n" + string.Join('\n', rows) + "\n";
    }

    void Write(string name, string text) => _project.Folder.Write(name, text);

    // Names in messages begin at the working directory, or are absolute.
    string Shown() => Path.GetRelativePath(Environment.CurrentDirectory, _project.Folder.Path) is var shown && shown.StartsWith("..", StringComparison.Ordinal)
        ? _project.Folder.Path : shown;

    SourceTable Source(string name, params (string, string)[] columns) => _project.Source("s", Sql.Text(_project.Folder[name]), columns);

    (List<string> Columns, List<string> Rows) Ours(string name)
    {
        Source(name);
        return Read(name);
    }

    (List<string> Columns, List<string> Rows) Read(string name)
    {
        using var session = _project.Warehouse.Connect(_project.Load());
        return Read(name, session.Session);
    }

    (List<string> Columns, List<string> Rows) Engine(string name)
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 2, TempDirectory = "" });
        using var session = database.Connect();
        return Read(name, session);
    }

    (List<string> Columns, List<string> Rows) Read(string name, DuckSession session)
    {
        var from = Sql.Text(_project.Folder[name]);
        var columns = Texts(session, $"select column_name || ' ' || column_type from (describe from {from})");
        var names = Texts(session, $"select column_name from (describe from {from})");
        var cells = string.Join(", ", names.Select(c => $"coalesce({Sql.Name(c)}::varchar, '-')"));
        return (columns, Texts(session, $"select concat_ws(';', {cells}) from {from}"));
    }

    static IEnumerable<string> All((List<string> Columns, List<string> Rows) read) => [.. read.Columns, .. read.Rows];

    static List<string> Texts(DuckSession session, string sql)
    {
        var texts = new List<string>();
        using var result = session.Query(sql);
        while (result.Next() is { } chunk)
            for (var row = 0; row < chunk.Rows; row++) texts.Add((string)chunk[0].GetValue(row)!);
        return texts;
    }
}
