using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

public sealed class RejectTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void A_row_that_the_server_refuses_is_named_by_file_line_column_and_value()
    {
        _db.Execute("create table goods (id bigint, doc jsonb)");
        _db.Write("goods.csv", "id,doc\n1,\"{\"\"a\"\":\n 1}\"\n2,{oops}\n");
        var fault = Schema.Fails(_db.Request("goods.csv", "goods"));
        Assert.Equal("QN8285", fault.Code);
        Assert.StartsWith("goods.csv line 4 (byte 23), column \"doc\", on its way into postgres://", fault.Where, StringComparison.Ordinal);
        Assert.Equal("\"{oops}\": invalid input syntax for type json; Token \"oops\" is invalid.", fault.Value);
        Assert.Equal("0", _db.One("select count(*) from goods"));
    }

    [Fact]
    public void A_value_that_cannot_be_sent_is_named_by_file_line_column_and_value()
    {
        _db.Execute("create table goods (id smallint)");
        _db.Write("goods.csv", "id\n1\n70000\n");
        var fault = Schema.Fails(_db.Request("goods.csv", "goods"));
        Assert.StartsWith("goods.csv line 3 (byte 5), column \"id\"", fault.Where, StringComparison.Ordinal);
        Assert.Equal(("QN8281", "\"70000\""), (fault.Code, fault.Value));
    }

    [Fact]
    public void Text_that_is_no_value_of_its_column_is_named()
    {
        _db.Execute("create table goods (id int, day date)");
        _db.Write("goods.csv", "id,day\n1,2026-01-01\n2,tomorrow\n");
        var fault = Schema.Fails(_db.Request("goods.csv", "goods"));
        Assert.StartsWith("goods.csv line 3 (byte 20), column \"day\"", fault.Where, StringComparison.Ordinal);
        Assert.Equal(("QN8281", "a value is no date", "\"tomorrow\""), (fault.Code, fault.What, fault.Value));
    }

    [Fact]
    public void A_row_that_the_server_does_not_tell_is_found()
    {
        _db.Execute("create table shop (id int primary key); insert into shop values (1); create table goods (id int, shop int references shop)");
        _db.Write("goods.csv", "id,shop\n" + string.Concat(Enumerable.Range(1, 3000).Select(i => $"{i},{(i == 2345 ? 9 : 1)}\n")));
        var fault = Schema.Fails(_db.Request("goods.csv", "goods"));
        Assert.StartsWith("goods.csv line 2,346 (byte ", fault.Where, StringComparison.Ordinal);
        Assert.Contains("Key (shop)=(9) is not present", fault.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id int, shop int references shop", "shop", "Key (shop)=(9) is not present", "constraint goods_shop_fkey")]
    [InlineData("id int, shop int references shop deferrable initially deferred", "shop", "Key (shop)=(9) is not", "constraint goods_shop_fkey")]
    [InlineData("id int, shop int check (shop < 5)", "shop", "violates check constraint", "constraint goods_shop_check")]
    [InlineData("id int, shop int, unique (shop, id)", "shop", "Key (shop, id)=(9, 345) already exists", "constraint goods_shop_id_key")]
    public void A_constraint_that_staged_rows_break_is_named_with_the_row(string columns, string key, string value, string constraint)
    {
        _db.Execute($"create table shop (id int primary key); insert into shop values (1); create table goods ({columns})");
        if (columns.Contains("unique", StringComparison.Ordinal)) _db.Execute("insert into goods values (345, 9)");
        else _db.Execute("insert into goods values (7, 1)");
        _db.Write("goods.csv", "id,shop\n" + string.Concat(Enumerable.Range(1, 500).Select(i => $"{i},{(i == 345 ? 9 : 1)}\n")));
        // The old row is of another key: it stays, and the load's would come beside it.
        var mode = columns.Contains("unique", StringComparison.Ordinal) ? LoadMode.Append : LoadMode.Replace;
        var fault = Schema.Fails(_db.Request("goods.csv", "goods", mode) with
        {
            Keys = mode == LoadMode.Replace ? [key] : [],
            Method = LoadMethod.Async,
            Connections = 2,
        });
        Assert.Equal("QN7420", fault.Code);
        Assert.StartsWith("goods.csv line 346 (byte ", fault.Where, StringComparison.Ordinal);
        Assert.EndsWith(constraint, fault.Where, StringComparison.Ordinal);
        Assert.Contains(value, fault.Value, StringComparison.Ordinal);
        Assert.Equal("1", _db.One("select count(*) from goods"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void Refused_rows_go_aside_and_the_rest_is_loaded()
    {
        _db.Execute("create table shop (id int primary key); insert into shop values (1), (2)");
        _db.Execute("create table goods (id int primary key, shop int references shop, doc json, size smallint check (size > 0))");
        _db.Write(
            "goods.csv",
            "id,shop,doc,size\n1,1,{},1\n2,9,{},1\n3,1,oops,1\n4,1,{},99999\n1,2,[],1\n6,2,[],0\n7,2,[],7\n8,x,[],8\n");
        var report = Schema.Done(_db.Request("goods.csv", "goods") with { Rejects = "bad.csv" });
        Assert.Equal(ExitCode.DoneWithRejects, report.ExitCode);
        Assert.Equal((8, 2, 6, 2), (report.Read, report.Kept, report.Rejected, report.Written));
        Assert.Equal(["1 1 {} 1", "7 2 [] 7"], _db.Rows("select * from goods order by id"));
        var bad = File.ReadAllLines(Path.Combine(_db.Folder, "bad.csv"));
        Assert.Equal(
            [
                "\"goods.csv\",3,26", "\"goods.csv\",4,35", "\"goods.csv\",5,46", "\"goods.csv\",6,59", "\"goods.csv\",7,68", "\"goods.csv\",9,86",
            ],
            bad.Skip(1).Select(line => string.Join(',', line.Split(',').Take(3))));
        Assert.Contains("\"3,1,oops,1\"", bad[2], StringComparison.Ordinal);
        Assert.Contains("(shop)=(9) is not present", bad[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_refused_rows_is_no_input()
    {
        _db.Execute("create table goods (id smallint)");
        var path = _db.Write("goods.csv", "id\n1\n70000\n");
        File.CreateSymbolicLink(Path.Combine(_db.Folder, "link.csv"), path);
        foreach (var name in new[] { "goods.csv", "./x/../goods.csv", "link.csv" })
            Assert.Equal("QN1113", Schema.Fails(_db.Request("goods.csv", "goods") with { Rejects = name }).Code);
        Assert.Equal("id\n1\n70000\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("view")]
    public void A_query_whose_second_run_gives_other_rows_has_the_refused_ones_set_aside(string view)
    {
        _db.Execute("create table goods (id smallint)");
        var query = "select case when random() < 0.5 then 1 else 100000 end as id from range(2000)";
        if (view.Length > 0)
        {
            using var database = Duck.DuckDatabase.Open(new Duck.DuckOptions { Path = Path.Combine(_db.Folder, "v.duckdb"), MemoryLimitBytes = 100_000_000, Threads = 1, TempDirectory = "" });
            using var session = database.Connect();
            session.Execute($"create view shop as {query}");
            query = "v.duckdb:shop";
        }
        var report = Schema.Done(_db.Request(query, "goods") with { Rejects = "bad.csv" });
        Assert.Equal((2000, 2000), (report.Read, report.Rejected + report.Written));
        Assert.Equal(report.Written.ToString(System.Globalization.CultureInfo.InvariantCulture) + " 1", _db.One("select count(*), max(id) from goods"));
        var bad = File.ReadAllLines(Path.Combine(_db.Folder, "bad.csv"));
        Assert.Equal(report.Rejected, bad.Length - 1);
        Assert.All(bad.Skip(1), line => Assert.EndsWith(",\"100000\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Most_rows_of_a_load_may_be_refused_and_each_is_sent_a_few_times_at_most()
    {
        _db.Execute("create table goods (id int check (id % 10 = 0), v text)");
        using var proxy = new Proxy(server.Port);
        var request = _db.Request("select i as id, repeat('x', 100) as v from range(2000) r(i)", "goods") with { To = PostgresServer.UrlOf(proxy.Port), Rejects = "bad.csv" };
        Assert.Equal((200, 1800), (Schema.Done(request) is var report ? report.Written : 0, report.Rejected));
        // 2,000 rows of 130 bytes are 0.26 MB; sending the rest again behind each bad row would be 230 MB.
        Assert.InRange(proxy.Sent, 0, 4_000_000);
        Assert.Equal("200 0", _db.One("select count(*), max(id % 10) from goods"));
    }

    [Fact]
    public void Trouble_of_the_server_itself_is_no_bad_row()
    {
        _db.Execute(
            """
            create table goods (id int);
            create function fail() returns trigger language plpgsql as
                'begin if new.id = 2 then raise exception ''cache lookup failed'' using errcode = ''XX000''; end if; return new; end';
            create trigger fail before insert on goods for each row execute function fail()
            """);
        var fault = Schema.Fails(_db.Request("select unnest([1, 2, 3]) as id", "goods") with { Rejects = "bad.csv" });
        Assert.Equal(("QN8279", "cache lookup failed"), (fault.Code, fault.Value));
        Assert.Equal("0", _db.One("select count(*) from goods"));
    }

    [Fact]
    public void More_refused_rows_than_the_limit_end_the_load()
    {
        _db.Execute("create table goods (id smallint)");
        var fault = Schema.Fails(_db.Request("select 100000 + i as id from range(10) t(i)", "goods") with { Rejects = "bad.csv", MaxRejects = "5" });
        Assert.Equal("QN3005", fault.Code);
        Assert.Equal("0", _db.One("select count(*) from goods"));
        Assert.True(File.Exists(Path.Combine(_db.Folder, "bad.csv")));
    }

    [Fact]
    public void Rows_of_Parquet_are_named_by_file_and_row()
    {
        _db.Execute("create table goods (id smallint)");
        using (var database = Duck.DuckDatabase.Open(new Duck.DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 1, TempDirectory = "" }))
        using (var session = database.Connect())
        {
            session.Execute($"copy (select i as id from range(5) t(i)) to {Duck.Sql.Text(Path.Combine(_db.Folder, "a.parquet"))}");
            session.Execute($"copy (select 32765 + i as id from range(5) t(i)) to {Duck.Sql.Text(Path.Combine(_db.Folder, "b.parquet"))}");
        }
        var fault = Schema.Fails(_db.Request("*.parquet", "goods"));
        Assert.StartsWith("b.parquet row 4, column \"id\"", fault.Where, StringComparison.Ordinal);
        Assert.Equal("\"32768\"", fault.Value);
    }
}
