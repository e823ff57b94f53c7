using System.Text;

namespace Quern.Cli.Tests.OpenShift;

public sealed class ParameterFaultTests : IDisposable
{
    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Refuses_a_last_day_before_the_first() => _desk.Refuses(
        ExitCode.Usage,
        """
        error QN1102: the last day is before the first
          where   start_date and end_date
          value   2025-10-02 to 2025-10-01
          try     swap the two; both days are included
        """,
        "--start", "2025-10-02");

    [Theory]
    [InlineData("2025-02-30")]
    [InlineData("2025-1-1")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("")]
    [InlineData("today")]
    public void Refuses_a_day_that_is_none(string day) => _desk.Refuses(
        ExitCode.Usage,
        $"""
        error QN1123: a day is wanted
          where   --end
          value   "{day}"
          try     2025-10-01     for example
        """,
        "--end", day);

    [Fact]
    public void Refuses_a_number_that_does_not_fit() => _desk.Refuses(
        ExitCode.Usage,
        """
        error QN1123: a whole number is wanted
          where   --report-period-id
          value   "2147483648"
          try     1     for example
        """,
        "--report-period-id", "2147483648");

    [Fact]
    public void Refuses_a_source_that_is_no_UUID() => _desk.Refuses(
        ExitCode.Usage,
        """
        error QN1123: a UUID is wanted
          where   --source-uuid
          value   "mine"
          try     6e212746-484a-40cd-bba0-09a19d132d64     for example
        """,
        "--source-uuid", "mine");

    [Fact]
    public void Refuses_a_label_key_that_comes_twice() => _desk.Refuses(
        ExitCode.Usage,
        """
        error QN1103: an entry is there twice
          where   enabled_tag_keys
          value   "app"
          try     remove one of the two: which of them counts must not depend on their order
        """,
        "--tag-keys", "app,env,app");

    [Fact]
    public void Refuses_a_node_that_comes_twice_in_a_file_of_nodes()
    {
        Write("nodes.csv", "node,resource_id,node_role\nn1,i-1,worker\nn1,i-1,infra\n");
        _desk.Refuses(
            ExitCode.Usage,
            """
            error QN1103: an entry is there twice
              where   nodes
              value   "n1, i-1"
              try     remove one of the two: which of them counts must not depend on their order
            """,
            "--nodes", "nodes.csv");
    }

    [Fact]
    public void Refuses_a_category_that_comes_twice_in_the_parameters()
    {
        Write("twice.json", """
            {
              "cost_categories": [
                { "namespace": "kube-%", "cost_category_id": 1 },
                { "namespace": "kube-%", "cost_category_id": 2 }
              ],
              "start_date": "2025-10-01", "end_date": "2025-10-01", "source_uuid": "6e212746-484a-40cd-bba0-09a19d132d64"
            }
            """);
        RefusesParameters("twice.json",
            """
            error QN1103: an entry is there twice
              where   cost_categories
              value   "kube-%"
              try     remove one of the two: which of them counts must not depend on their order
            """);
    }

    [Fact]
    public void Refuses_an_unknown_option_and_names_the_nearest() => _desk.Refuses(
        ExitCode.Usage,
        """
        error QN1004: no such option
          where   quern openshift summarize
          value   "--tga-keys"
          try     --tag-keys
                  quern openshift summarize --help
        """,
        "--tga-keys", "app");

    [Fact]
    public void Refuses_an_unknown_field_and_names_the_nearest_with_its_line()
    {
        Write("wrong.json", "\uFEFF{\n  // comments are fine\n  \"name\": \"a\",\n  \"startdate\": \"2025-10-01\",\n}");
        RefusesParameters("wrong.json",
            """
            error QN1121: this field is not known
              where   wrong.json line 4, column 3
              value   "startdate"
              try     "start_date", the nearest known field
            """);
    }

    [Fact]
    public void Refuses_an_unknown_field_of_an_entry()
    {
        Write("nodes.json", """[{"node": "n", "resource_id": "i", "node_role": "infra"}, {"node": "n", "role": "infra"}]""");
        _desk.Refuses(
            ExitCode.Usage,
            """
            error QN1121: this field is not known
              where   nodes.json, entry 2
              value   "role"
              try     known fields: node, resource_id, node_role
            """,
            "--nodes", "nodes.json");
    }

    [Fact]
    public void Refuses_a_field_that_comes_twice()
    {
        Write("twice.json", "{\"cluster_id\": \"a\",\n \"cluster_id\": \"b\"}");
        RefusesParameters("twice.json",
            """
            error QN1122: a field comes twice
              where   twice.json line 2, column 2
              value   "cluster_id"
              try     remove one of the two
            """);
    }

    [Fact]
    public void Refuses_a_field_that_comes_twice_in_an_entry()
    {
        Write("categories.json", """[{"namespace": "a", "namespace": "b", "cost_category_id": 1}]""");
        _desk.Refuses(
            ExitCode.Usage,
            """
            error QN1122: a field comes twice
              where   categories.json, entry 1
              value   "namespace"
              try     remove one of the two
            """,
            "--cost-categories", "categories.json");
    }

    [Fact]
    public void Refuses_an_entry_without_one_of_its_fields()
    {
        Write("nodes.json", """[{"node": "n", "node_role": "infra"}]""");
        _desk.Refuses(
            ExitCode.Usage,
            """
            error QN1124: "resource_id" is missing
              where   nodes.json, entry 1
              try     "resource_id": "..."     an empty text is one, too
            """,
            "--nodes", "nodes.json");
    }

    [Theory]
    [InlineData("""{"start_date": 20251001}""", "a text", "20251001", "\"text\"", "\"start_date\"")]
    [InlineData("""{"report_period_id": 1.5}""", "a whole number", "\"1.5\"", "1", "\"report_period_id\"")]
    [InlineData("""{"report_period_id": "1"}""", "a whole number", "\"1\"", "1", "\"report_period_id\"")]
    [InlineData("""{"enabled_tag_keys": {}}""", "a list of texts", "{}", "[\"a\", \"b\"]", "\"enabled_tag_keys\"")]
    [InlineData("""{"nodes": [7]}""", "an object", "7", "[{\"node\": ..., \"resource_id\": ..., \"node_role\": ...}]", "\"nodes\", entry 1")]
    [InlineData("""{"files": []}""", "an object of lists of files", "[]", "{\"ocp_pod_usage\": [\"pods.csv\"]}", "\"files\"")]
    public void Refuses_a_value_of_another_type(string json, string wanted, string value, string example, string field)
    {
        Write("wrong.json", json);
        RefusesParameters("wrong.json",
            $"""
            error QN1123: {wanted} is wanted
              where   wrong.json line 1, column 2, {field}
              value   {value}
              try     {example}     for example
            """);
    }

    [Fact]
    public void Refuses_a_NUL_that_no_database_takes()
    {
        Write("nul.json", """{"cluster_alias": "a\u0000b"}""");
        RefusesParameters("nul.json",
            """
            error QN1127: a text holds a NUL character
              where   nul.json line 1, column 2, "cluster_alias"
              value   "a\u0000b"
              try     remove \u0000 from it: databases do not take it
            """);
    }

    [Theory]
    [InlineData("", "", "it is empty", "write {} and its fields into it")]
    [InlineData(
        "{\n \"name\" \"a\"}", " line 2, column 9", "'\"' is invalid after a property name. Expected a ':'",
        "look for a comma, quote or bracket that is missing, or one too many")]
    [InlineData(
        "{\"cluster_id\": \"\\ud800\"}", "", "a text holds half a character, such as \"\\ud83d\" without its other half",
        "write the character itself")]
    [InlineData(
        "{\"\\ud800\": 1}", "", "a text holds half a character, such as \"\\ud83d\" without its other half", "write the character itself")]
    [InlineData("{\"cluster_id\": \"\u00e9\"}", "", "it is not UTF-8", "save it as UTF-8")]
    public void Refuses_what_is_no_JSON(string text, string place, string reason, string hint)
    {
        File.WriteAllBytes(_desk.Here.Path("wrong.json"), Encoding.Latin1.GetBytes(text));
        RefusesParameters("wrong.json",
            $"""
            error QN1120: the file is no JSON
              where   wrong.json{place}
              value   {reason}
              try     {hint}
            """);
    }

    [Fact]
    public void Refuses_a_reference_table_without_a_column()
    {
        Write("nodes.csv", "node,resource_id\nn,i\n");
        _desk.Refuses(
            ExitCode.Usage,
            """
            error QN1126: the column node_role is missing
              where   nodes.csv line 1
              wanted  columns node, resource_id, node_role
              try     node,resource_id,node_role     as the first line
            """,
            "--nodes", "nodes.csv");
    }

    [Fact]
    public void Refuses_a_reference_table_with_a_short_row()
    {
        Write("categories.csv", "namespace,cost_category_id\nkube-%,1\nshort\n");
        _desk.Refuses(
            ExitCode.Usage,
            """
            error QN3106: a row has another number of fields than the header
              where   categories.csv line 3 (byte 36)
              value   1 field
              wanted  2 fields, as in the header
              try     look for a missing quote or delimiter in the line
                      export the file again: it may have been cut short
            """,
            "--cost-categories", "categories.csv");
    }

    [Fact]
    public void Misses_the_parameters_that_nothing_says() => _desk.RefusesWords(
        ExitCode.Usage,
        """
        error QN1101: end_date is missing
          where   quern openshift summarize
          try     --end 2025-10-31
                  "end_date" in the file that --params names
        """,
        "openshift", "summarize", "--input", "reports", "--start", "2025-10-01", "--to", "out.csv");

    [Fact]
    public void Misses_a_place_for_the_result() => _desk.RefusesWords(
        ExitCode.Usage,
        """
        error QN1105: no place for the result
          where   quern openshift summarize
          try     --to summary.duckdb
                  --to summary.parquet
        """,
        "openshift", "summarize", "--params", "month.json", "--input", "reports");

    [Fact]
    public void Misses_something_to_read() => _desk.RefusesWords(
        ExitCode.Usage,
        """
        error QN1105: nothing to read
          where   quern openshift summarize
          try     --input FOLDER
                  "files" in the file that --params names
        """,
        "openshift", "summarize", "--params", "month.json", "--to", "out.csv");

    [Fact]
    public void Names_the_nearest_file_when_the_parameters_are_not_there() => RefusesParameters("mnth.json",
        """
        error QN1125: no such file
          where   mnth.json
          try     month.json, the nearest name there
        """);

    void Write(string name, string text) => File.WriteAllText(_desk.Here.Path(name), text);

    void RefusesParameters(string name, string error) => _desk.RefusesWords(
        ExitCode.Usage, error, "openshift", "summarize", "--params", name, "--input", "reports", "--to", "out.csv");
}
