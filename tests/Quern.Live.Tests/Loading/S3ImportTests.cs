using Quern.Delivery;
using Quern.Live.Tests.Postgres;
using Quern.Live.Tests.S3;
using Quern.Loading;

namespace Quern.Live.Tests.Loading;

/// <summary>Loads by way of S3. In place of Amazon's extension the server has functions of the same names, which fetch an object with curl
/// and give it to COPY.</summary>
public sealed class S3ImportTests : IDisposable
{
    const string Functions =
        """
        create schema if not exists aws_commons;
        create schema if not exists aws_s3;
        drop type if exists aws_commons._s3_uri_1 cascade;
        create type aws_commons._s3_uri_1 as (bucket text, file_path text, region text);
        create function aws_commons.create_s3_uri(s3_bucket text, s3_key text, aws_region text) returns aws_commons._s3_uri_1
            language sql as 'select row(s3_bucket, s3_key, aws_region)::aws_commons._s3_uri_1';
        create function aws_s3.table_import_from_s3(table_name text, column_list text, options text, s3_info aws_commons._s3_uri_1)
            returns text language plpgsql as $function$
        declare
            imported bigint;
            command text := format(
                'token=$(curl -si -H "X-Auth-User: test:tester" -H "X-Auth-Key: testing" ENDPOINT/auth/v1.0 | tr -d "\r" '
                || '| sed -n "s/^X-Auth-Token: //Ip"); curl -sf -H "X-Auth-Token: $token" "ENDPOINT/v1/AUTH_test/%s/%s"',
                s3_info.bucket, s3_info.file_path);
        begin
            execute format('copy %s (%s) from program %L %s', table_name, column_list, command, options);
            get diagnostics imported = row_count;
            return format('%s rows imported into relation "%s" from file %s', imported, table_name, s3_info.file_path);
        end
        $function$;
        """;

    readonly SwiftServer _swift;
    readonly Schema _db;

    public S3ImportTests(PostgresServer server, SwiftServer swift)
    {
        server.Need();
        swift.Need();
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "not installed: curl");
        (_swift, _db) = (swift, new Schema(server));
        _db.Execute(Functions.Replace("ENDPOINT", swift.Endpoint, StringComparison.Ordinal));
    }

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Rows_arrive_by_way_of_several_objects_as_they_do_by_COPY()
    {
        const string rows =
            """
            select i as id, case when i % 3 > 0 then 'text, "' || i || '"' || chr(10) end as name,
                case when i % 5 = 0 then '' else 'x' end as v,
                (i / 7)::decimal(12, 4) as amount, timestamp '2026-01-01' + to_seconds(i) as at, {'a': i} as doc from range(2500) t(i)
            """;
        Schema.Done(_db.Request(rows, "copied", LoadMode.Create));
        var report = Schema.Done(Through(rows, "imported", LoadMode.Create) with { BatchRows = 1000 });
        Assert.Equal((2500, 2500), (report.Read, report.Written));
        Assert.Equal("0", _db.One("select count(*) from (table copied except all table imported) d"));
        Assert.Equal("2500", _db.One("select count(*) from imported"));
        Assert.Empty(_swift.Names("stage/"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void Rows_are_replaced_in_one_transaction_with_the_import()
    {
        _db.Execute("create table goods (dataset text, id int); insert into goods values ('a', 1), ('b', 2)");
        Schema.Done(Through("select 'a' as dataset, i as id from range(5) t(i)", "goods", LoadMode.Replace) with { Keys = ["dataset"] });
        Assert.Equal(["a 5", "b 1"], _db.Rows("select dataset, count(*) from goods group by 1 order by 1"));
    }

    [Fact]
    public void A_row_that_the_server_refuses_is_named_and_nothing_stays()
    {
        _db.Execute("create table goods (id bigint, doc jsonb); insert into goods values (7, '{}')");
        _db.Write("goods.csv", "id,doc\n1,\"{\"\"a\"\":\n 1}\"\n2,{oops}\n");
        var fault = Schema.Fails(Through("goods.csv", "goods", LoadMode.Replace));
        Assert.Equal("QN8285", fault.Code);
        Assert.StartsWith("goods.csv line 4 (byte 23), column \"doc\", on its way into postgres://", fault.Where, StringComparison.Ordinal);
        Assert.Equal("7", _db.One("select string_agg(id::text, ',') from goods"));
        Assert.Empty(_swift.Names("stage/"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void What_is_not_ready_is_told_before_rows_are_sent()
    {
        _db.Execute("create table goods (id bigint); drop schema aws_s3 cascade");
        var request = Through("select 1 as id", "goods", LoadMode.Append);
        var fault = Schema.Fails(request);
        Assert.Equal(("QN7421", ExitCode.Usage), (fault.Code, fault.ExitCode));
        Assert.Equal("0", _db.One("select count(*) from goods"));
        Assert.Contains("QN1146", Schema.Fails(request with { Stage = null }).Code, StringComparison.Ordinal);
    }

    LoadRequest Through(string source, string table, LoadMode mode) => _db.Request(source, table, mode) with
    {
        Method = LoadMethod.S3,
        Stage = $"s3://{SwiftServer.Bucket}/stage",
        Storage = _swift.Settings,
    };
}
