using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary>What others stumble over, one by one.</summary>
public sealed class TrapTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void A_NUL_character_is_refused_or_left_out()
    {
        _db.Execute("create table t (id int, v text, l text[], j jsonb)");
        var text = _db.Request("select 1 as id, 'a' || chr(0) || 'b' as v, ['c' || chr(0)] as l, {'k': 'd' || chr(0)} as j", "t");
        var fault = Schema.Fails(text);
        Assert.Equal(("QN8282", "a text holds a NUL character, which PostgreSQL cannot keep"), (fault.Code, fault.What));
        Assert.StartsWith("row 1 of the query, column \"v\"", fault.Where, StringComparison.Ordinal);
        Schema.Done(text with { StripNul = true });
        Assert.Equal("1 ab {c} {\"k\": \"d\"}", _db.One("select * from t"));
    }

    [Fact]
    public void An_escaped_NUL_in_JSON_is_refused_or_left_out()
    {
        _db.Execute("create table t (v jsonb)");
        var request = _db.Request("""select '{"a":"x\u0000y\\u0000"}' as v""", "t");
        var fault = Schema.Fails(request);
        Assert.Equal("QN8285", fault.Code);
        Assert.Contains("unsupported Unicode escape sequence", fault.Value, StringComparison.Ordinal);
        Assert.Contains("--on-nul strip     leaves NUL characters out", fault.Try);
        Schema.Done(request with { StripNul = true });
        Assert.Equal("""{"a": "xy\\u0000"}""", _db.One("select * from t"));
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("")]
    public void Text_that_is_no_JSON_for_the_server_is_named(string json)
    {
        _db.Execute("create table t (v jsonb)");
        var fault = Schema.Fails(_db.Request($"select unnest(['{{}}', '{json}']) as v", "t"));
        Assert.Equal("QN8285", fault.Code);
        Assert.StartsWith("row 2 of the query, column \"v\"", fault.Where, StringComparison.Ordinal);
        Assert.Equal("0", _db.One("select count(*) from t"));
    }

    [Theory]
    [InlineData("bigint")]
    [InlineData("date")]
    [InlineData("uuid")]
    public void An_empty_text_is_no_number_and_no_day(string type)
    {
        _db.Execute($"create table t (v {type})");
        var fault = Schema.Fails(_db.Request("select '' as v", "t"));
        Assert.Equal(("QN8281", "\"\""), (fault.Code, fault.Value));
    }

    [Fact]
    public void Generated_columns_are_left_out_and_identities_take_values()
    {
        _db.Execute("create table t (id bigint generated always as identity, a int, b int generated always as (a * 2) stored)");
        var report = Schema.Done(_db.Request("select 7 as id, 1 as a, 99 as b", "t"));
        Assert.Contains(report.Warnings, w => w.Message == "column \"b\" is left out: the database makes its values");
        Schema.Done(_db.Request("select 8 as id, 2 as a", "t") with { Mode = LoadMode.Replace });
        Assert.Equal("8 2 4", _db.One("select * from t"));
    }

    [Fact]
    public void Names_are_quoted_and_never_cut()
    {
        var request = _db.Request("select 1 as \"order\", 2 as \"Group\", 3 as \"a\"\"b.c\", 4 as \"größe\"", "user", LoadMode.Create);
        Schema.Done(request);
        Assert.Equal("1 2 3 4", _db.One("select \"order\", \"Group\", \"a\"\"b.c\", \"größe\" from \"user\""));
        var name = new string('ü', 32);
        var fault = Schema.Fails(_db.Request($"select 1 as {name}", "t", LoadMode.Create));
        Assert.Equal(("QN8262", $"\"{name}\"", "1 to 63 bytes; this one has 64"), (fault.Code, fault.Value, fault.Wanted));
        Assert.Equal("QN8262", Schema.Fails(_db.Request("select 1 as a", new string('x', 64), LoadMode.Create)).Code);
    }

    [Fact]
    public void Names_that_differ_in_case_only_find_their_columns()
    {
        _db.Execute("create table t (\"Id\" int, \"ID\" int, shop int)");
        Schema.Done(_db.Request("select 1 as \"ID\", 2 as \"SHOP\"", "t"));
        Assert.Equal("- 1 2", _db.One("select * from t"));
    }

    [Fact]
    public void A_text_too_long_for_an_index_is_named()
    {
        _db.Execute("create table t (id int, v text); create index on t (v)");
        var fault = Schema.Fails(_db.Request("select unnest([1, 2]) as id, unnest(['', (select string_agg(md5(i::varchar), '') from range(2000) r(i))]) as v", "t"));
        Assert.Equal("QN8285", fault.Code);
        Assert.Contains("index row", fault.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_many_megabytes_arrives()
    {
        _db.Execute("create table t (v text)");
        Schema.Done(_db.Request("select unnest(['a', repeat('0123456789', 3000000), 'b']) as v", "t"));
        Assert.Equal(["1", "1", "30000000"], _db.Rows("select length(v) from t order by 1"));
    }

    [Fact]
    public void An_empty_cell_of_CSV_is_NULL_quoted_or_not_unless_another_text_is()
    {
        _db.Write("t.csv", "a,b\n,\"\"\nx,y\n");
        var request = _db.Request("t.csv", "t", LoadMode.Create);
        Schema.Done(request);
        Assert.Equal("1 1", _db.One("select count(*) filter (where a is null), count(*) filter (where b is null) from t"));
        Schema.Done(request with { Mode = LoadMode.Replace, Hints = new() { Nulls = ["x"] } });
        Assert.Equal(["1 0 1", "1 1 0"], _db.Rows("select count(*), count(*) filter (where a = ''), count(*) filter (where a is null) from t group by a order by 2"));
        Assert.Equal("1", _db.One("select count(*) from t where b = ''"));
        // Other sources have both.
        Schema.Done(_db.Request("select '' as a, null as b", "t", LoadMode.Replace));
        Assert.Equal("1", _db.One("select count(*) from t where a = '' and b is null"));
    }

    [Fact]
    public void A_mark_a_line_end_and_a_backslash_in_CSV_are_data_where_they_are_data()
    {
        // A mark of the order of bytes at the head; the server's own end of data, \., and a line end inside of a value.
        _db.Write("t.csv", "\uFEFFid,v\n1,\\.\n2,\"a\nb\"\n4,\"x\"\"y\"\n");
        Schema.Done(_db.Request("t.csv", "t", LoadMode.Create));
        Assert.Equal(["1 \\.", "2 a\nb", "4 x\"y"], _db.Rows("select id, v from t order by id"));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("y")]
    [InlineData("on")]
    [InlineData("t")]
    [InlineData("TRUE")]
    [InlineData("1")]
    [InlineData("off")]
    [InlineData("no")]
    [InlineData("f")]
    [InlineData("0")]
    [InlineData(" true ")]
    public void A_text_becomes_the_boolean_that_the_server_reads_or_is_refused(string text)
    {
        _db.Execute("create table t (v boolean)");
        var report = Schema.Run(_db.Request($"select '{text}' as v", "t"));
        if (report.Error is { } fault) Assert.Equal("QN8281", fault.Code);
        Assert.Equal(report.Error is null ? "t" : "-", _db.One($"select min((v = '{text}'::boolean)::text)::boolean from t"));
    }

    [Fact]
    public void Columns_go_by_name_and_short_texts_are_padded()
    {
        _db.Execute("create table t (a int, b char(4), c text)");
        _db.Write("t.csv", "c,a,b\nx,1,ab\ny,2,\"abcd  \"\n");
        Schema.Done(_db.Request("t.csv", "t"));
        Assert.Equal(["1 4 ab x", "2 4 abcd y"], _db.Rows("select a, octet_length(b), b::text, c from t order by a"));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_named_and_nothing_is_loaded()
    {
        _db.Execute("create table t (id int, v text)");
        File.WriteAllBytes(Path.Combine(_db.Folder, "t.csv"), [.. "id,v\n1,a\n2,x"u8, 0xFF, .. "y\n3,b\n"u8]);
        var request = _db.Request("t.csv", "t") with { Hints = new() { Encoding = Csv.CsvEncoding.Utf8 } };
        Assert.Contains("line 3", Schema.Fails(request).Where, StringComparison.Ordinal);
        Assert.Equal("0", _db.One("select count(*) from t"));
        Schema.Done(request with { Rejects = "bad.csv" });
        Assert.Equal(["1 a", "3 b"], _db.Rows("select * from t order by id"));
    }

    [Fact]
    public void Rules_and_triggers_of_views_lose_no_row_without_a_word()
    {
        _db.Execute(
            $"""
            create table t (id int); create rule none as on insert to t do instead nothing;
            create table base (id int); create view v as select b.id from base b group by b.id;
            create function put() returns trigger language plpgsql as
                'begin if new.id = 3 then return null; end if; insert into {_db.Name}.base values (new.id); return new; end';
            create trigger put instead of insert on v for each row execute function put()
            """);
        // COPY does not look at rules, and the INSERT behind a staging table does.
        var report = Schema.Done(_db.Request("select unnest([1, 2]) as id", "t"));
        Assert.Equal("2 2", $"{report.Written} {_db.One("select count(*) from t")}");
        Assert.Equal("QN8101", Schema.Fails(_db.Request("select unnest([5, 6]) as id", "t", LoadMode.Replace)).Code);
        Assert.Equal(["1", "2"], _db.Rows("select id from t order by 1"));
        Assert.Equal(2, Schema.Done(_db.Request("select unnest([1, 2]) as id", "v")).Written);
        var fault = Schema.Fails(_db.Request("select unnest([3, 4]) as id", "v"));
        Assert.Equal(("QN8101", "1 rows"), (fault.Code, fault.Value));
        Assert.Equal(["1", "2"], _db.Rows("select id from base order by 1"));
    }

    [Fact]
    public void Times_without_a_zone_are_UTC_whatever_the_server_says()
    {
        _db.Execute("create table t (v timestamptz); alter role quern set timezone = 'Australia/Lord_Howe'");
        try
        {
            Schema.Done(_db.Request("select timestamp '2026-04-05 02:00:00' as v", "t"));
            Schema.Done(_db.Request("select '2026-04-05 02:00:00' as v", "t"));
        }
        finally
        {
            _db.Execute("alter role quern reset timezone");
        }
        Assert.Equal("1 2026-04-05 02:00:00", _db.One("select count(distinct v), min(v at time zone 'UTC') from t"));
    }

    [Fact]
    public void Nanoseconds_are_refused_or_cut()
    {
        _db.Execute("create table t (v timestamp)");
        var request = _db.Request("select timestamp_ns '1969-12-31 23:59:59.123456789' as v", "t");
        Assert.Equal("QN8283", Schema.Fails(request).Code);
        Schema.Done(request with { CutNanos = true });
        Assert.Equal("1969-12-31 23:59:59.123456", _db.One("select v from t"));
    }

    [Fact]
    public void A_label_that_the_enum_does_not_have_is_named()
    {
        _db.Execute("create type mood as enum ('sad'); create table t (v mood)");
        var fault = Schema.Fails(_db.Request("select unnest(['sad', 'odd']) as v", "t"));
        Assert.Equal($"\"odd\": invalid input value for enum {_db.Name}.mood: \"odd\"", fault.Value);
    }

    [Theory]
    [InlineData("[[1, 2], [3]]", LoadMethod.Copy)]
    [InlineData("[[], [1]]", LoadMethod.Copy)]
    [InlineData("[[], [1]]", LoadMethod.Optimized)]
    [InlineData("[[1], []]", LoadMethod.Copy)]
    [InlineData("[[[]], [[1]]]", LoadMethod.Copy)]
    [InlineData("[null, [1]]", LoadMethod.Copy)]
    [InlineData("[[], null]", LoadMethod.Copy)]
    public void Lists_that_are_not_rectangular_are_no_array(string lists, LoadMethod method)
    {
        _db.Execute("create table t (v int[])");
        var fault = Schema.Fails(_db.Request($"select {lists} as v", "t") with { Method = method });
        Assert.Equal("a list of lists has rows of different lengths, which an array of PostgreSQL cannot have", fault.What);
        Assert.Equal("0", _db.One("select count(*) from t"));
    }

    [Theory]
    [InlineData("[[], []]", "{}")]
    [InlineData("[[[]], [[]]]", "{}")]
    [InlineData("[[[[[[1]]]]]]", "{{{{{{1}}}}}}")]
    public void Lists_of_empty_lists_are_empty_and_six_dimensions_fit(string lists, string text)
    {
        _db.Execute("create table t (v int[])");
        Schema.Done(_db.Request($"select {lists}::int{string.Concat(Enumerable.Repeat("[]", lists.TakeWhile(c => c == '[').Count()))} as v", "t"));
        Assert.Equal(text, _db.One("select v from t"));
        var fault = Schema.Fails(_db.Request("select [[[[[[[1]]]]]]] as v", "t"));
        Assert.Equal(("QN8281", "a list has more dimensions than an array of PostgreSQL"), (fault.Code, fault.What));
    }

    [Fact]
    public void A_view_and_a_table_under_policies_take_rows_too()
    {
        _db.Execute("create table t (id int); create view v as select * from t");
        Assert.Equal(2, Schema.Done(_db.Request("select unnest([1, 2]) as id", "v")).Written);
        _db.Execute(
            """
            create table p (id int); alter table p enable row level security; alter table p force row level security;
            create policy all_rows on p using (true); drop role if exists loader;
            create role loader login password 'secret word'
            """);
        _db.Execute($"grant all on schema {_db.Name} to loader; grant all on p to loader");
        try
        {
            var request = _db.Request("select unnest([1, 2, 3]) as id", "p");
            Schema.Done(request with { To = $"postgres://loader:secret%20word@127.0.0.1:{server.Port}/postgres" });
        }
        finally
        {
            _db.Execute("drop owned by loader; drop role loader");
        }
        Assert.Equal("2 3", _db.One("select (select count(*) from t), (select count(*) from p)"));
    }

    [Theory]
    [InlineData("new.id = 2", false, "2 rows", "3 rows", "on")]
    [InlineData("true", false, "0 rows", "3 rows", "on")]
    [InlineData("new.id = 2", true, "1 rows", "2 rows", "on")]
    [InlineData("true", true, "0 rows", "2 rows", "on")]
    [InlineData("new.id = 2", false, "2 rows", "3 rows", "off")]
    [InlineData("true", true, "0 rows", "2 rows", "off")]
    public void Rows_that_a_trigger_swallows_are_noticed(string swallowed, bool setsAside, string there, string sent, string trackCounts)
    {
        _db.Execute(
            $"""
            create table t (id int, j {(setsAside ? "smallint" : "bigint")});
            create function swallow() returns trigger language plpgsql as 'begin if {swallowed} then return null; end if; return new; end';
            create trigger swallow before insert on t for each row execute function swallow();
            alter role quern set track_counts = {trackCounts}
            """);
        try
        {
            var request = _db.Request("select unnest([1, 2, 3]) as id, unnest([1, 2, 99999]) as j", "t");
            var fault = Schema.Fails(setsAside ? request with { Rejects = "bad.csv" } : request);
            Assert.Equal(("QN8101", there, sent), (fault.Code, fault.Value, fault.Wanted));
        }
        finally
        {
            _db.Execute("alter role quern reset track_counts");
        }
        Assert.Equal("0", _db.One("select count(*) from t"));
    }

    [Fact]
    public void Rows_that_a_trigger_changes_or_refuses_are_loaded_and_named()
    {
        _db.Execute(
            """
            create table t (id int);
            create function change() returns trigger language plpgsql as
                'begin if new.id = 2 then raise exception ''not two''; end if; new.id := new.id * 10; return new; end';
            create trigger change before insert on t for each row execute function change()
            """);
        var request = _db.Request("select unnest([1, 2, 3]) as id", "t");
        var fault = Schema.Fails(request);
        Assert.Equal(("QN8285", "not two"), (fault.Code, fault.Value));
        Assert.StartsWith("row 2 of the query", fault.Where, StringComparison.Ordinal);
        var report = Schema.Done(request with { Rejects = "bad.csv" });
        Assert.Equal((2, 1), (report.Written, report.Rejected));
        Assert.Equal(["10", "30"], _db.Rows("select id from t order by 1"));
    }

    [Fact]
    public void A_day_that_the_server_has_no_number_for_is_refused()
    {
        _db.Execute("create table t (v date)");
        Assert.Equal("QN8281", Schema.Fails(_db.Request("select date '1970-01-01' + (-2147472691)::int as v", "t")).Code);
    }

    [Theory]
    [InlineData("40000::integer", "smallint", "QN8281")]
    [InlineData("18446744073709551615::ubigint", "bigint", "QN8281")]
    [InlineData("12345", "numeric(4,0)", "QN8285")]
    [InlineData("'toolong'", "varchar(3)", "QN8285")]
    [InlineData("'toolong'", "varchar(3)", "QN8285", LoadMethod.Optimized)]
    [InlineData("'toolong'", "varchar(3)", "QN8285", LoadMethod.Standard)]
    [InlineData("'toolong'", "char(3)", "QN8285", LoadMethod.Standard)]
    [InlineData("'toolong'", "shortened", "QN8285", LoadMethod.Standard)]
    [InlineData("'{abcdef}'", "varchar(3)[]", "QN8285")]
    [InlineData("'{abc}'", "char(2)[]", "QN8285")]
    [InlineData("['abc']", "char(2)[]", "QN8285", LoadMethod.Optimized)]
    [InlineData("'1011'", "bit(3)", "QN8285")]
    [InlineData("'10'", "bit(3)", "QN8285")]
    [InlineData("'1011'::bit", "bit(3)", "QN8285")]
    [InlineData("'1111'", "bit varying(3)", "QN8285")]
    [InlineData("'1111'::bit", "bit varying(3)", "QN8285", LoadMethod.Optimized)]
    [InlineData("'maybe'", "boolean", "QN8281")]
    public void What_does_not_fit_is_refused(string value, string type, string code, LoadMethod method = LoadMethod.Auto)
    {
        _db.Execute($"create domain shortened as varchar(3); create table t (v {type})");
        Assert.Equal(code, Schema.Fails(_db.Request($"select {value} as v", "t") with { Method = method }).Code);
        Assert.Equal("0", _db.One("select count(*) from t"));
    }

    [Theory]
    [InlineData("'101'", "bit(3)", "101")]
    [InlineData("'101'::bit", "bit(3)", "101")]
    [InlineData("'{abc,d}'", "varchar(3)[]", "{abc,d}")]
    [InlineData("'{ab,c}'", "char(2)[]", "{ab,\"c \"}")]
    [InlineData("'{101}'", "bit(3)[]", "{101}")]
    public void What_just_fits_is_taken(string value, string type, string text)
    {
        _db.Execute($"create table t (v {type})");
        Schema.Done(_db.Request($"select {value} as v", "t"));
        Schema.Done(_db.Request($"select {value} as v", "t") with { Method = LoadMethod.Optimized });
        Assert.Equal([text, text], _db.Rows("select v from t"));
    }

    [Theory]
    [InlineData("copy", false)]
    [InlineData("copy", true)]
    [InlineData("wide", false)]
    public void A_row_too_large_for_a_page_is_named_and_ends_the_load(string what, bool setsAside)
    {
        if (what == "wide")
        {
            var columns = string.Join(", ", Enumerable.Range(1, 1100).Select(i => $"1.5::double as c{i}"));
            Assert.Equal("QN8285", Schema.Fails(_db.Request($"select {columns}", "t", LoadMode.Create)).Code);
            return;
        }
        _db.Execute("create table t (id int, v text); alter table t alter v set storage plain");
        var request = _db.Request("select i as id, repeat('x', if(i = 10, 20000, 5)) as v from range(3000) r(i)", "t");
        if (!setsAside)
        {
            var fault = Schema.Fails(request);
            Assert.StartsWith("row 11 of the query", fault.Where, StringComparison.Ordinal);
            Assert.Contains("row is too big", fault.Value, StringComparison.Ordinal);
            return;
        }
        var report = Schema.Done(request with { Rejects = "bad.csv" });
        Assert.Equal((2999, 1), (report.Written, report.Rejected));
        Assert.Equal("2999 5", _db.One("select count(*), max(length(v)) from t"));
    }

    [Fact]
    public void A_missing_right_is_named()
    {
        _db.Execute("create table t (id int); drop role if exists reader; create role reader login password 'x y z'");
        try
        {
            _db.Execute($"grant usage on schema {_db.Name} to reader; grant select on t to reader");
            var request = _db.Request("select 1 as id", "t") with { To = $"postgres://reader:x%20y%20z@127.0.0.1:{server.Port}/postgres" };
            var fault = Schema.Fails(request);
            Assert.Equal(("QN8276", "permission denied for table t"), (fault.Code, fault.Value));
        }
        finally
        {
            _db.Execute("drop owned by reader; drop role reader");
        }
    }
}
