using Quern.Projects.Options;
using Quern.Tests.House;

namespace Quern.Tests.Projects.Options;

public sealed class QuernOptionsTests
{
    [Fact]
    public void All_keys_are_read()
    {
        var options = Parse("version: 1\nmemory: 1.5GiB\nthreads: 4\ntemp: ../scratch\nprofile:\n  nodes: true\n");
        Assert.Equal(1_610_612_736, options.Memory?.Bytes);
        Assert.Equal(4, options.Threads);
        Assert.Equal("/data/scratch", options.Temp);
        Assert.True(options.ProfileNodes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("version: 1")]
    [InlineData("version: 1\nprofile: {}")]
    public void What_is_not_said_is_left_open(string text) => Assert.Equal(new QuernOptions(), Parse(text));

    [Fact]
    public void Bytes_need_no_unit() => Assert.Equal(65536, Parse("version: 1\nmemory: 65536").Memory?.Bytes);

    [Fact]
    public void A_folder_without_the_file_has_the_defaults() => Assert.Equal(new QuernOptions(), QuernOptions.Read("/nowhere"));

    [Fact]
    public void An_unknown_key_is_named_with_its_place_and_the_nearest() => Assert.Equal(
        "error QN7195: there is no key of this name\n  where   quern.yml line 2, column 1\n  value   memroy\n"
        + "  wanted  version, memory, threads, temp, profile, deliver, sources, folds\n  try     memory:",
        Error("version: 1\nmemroy: 1GB"));

    [Fact]
    public void An_unknown_key_below_another_is_named_with_it() => Assert.Equal(
        "error QN7195: there is no key of this name\n  where   quern.yml line 3, column 3\n  value   profile.node\n"
        + "  wanted  nodes\n  try     nodes:",
        Error("version: 1\nprofile:\n  node: true"));

    [Theory]
    [InlineData("version: 2", "line 1, column 10, version", "2", "1")]
    [InlineData("version: 1\nmemory: much", "line 2, column 9, memory", "much", "an amount of memory: 512MB, 1.5GiB")]
    [InlineData("version: 1\nmemory: 0", "line 2, column 9, memory", "0", "an amount of memory: 512MB, 1.5GiB")]
    [InlineData("version: 1\nthreads: 0", "line 2, column 10, threads", "0", "a whole number from 1 on")]
    [InlineData("version: 1\nthreads: 99999999999", "line 2, column 10, threads", "99999999999", "a whole number from 1 on")]
    [InlineData("version: 1\ntemp: 3", "line 2, column 7, temp", "3", "the path of a folder")]
    [InlineData("version: 1\nprofile: true", "line 2, column 10, profile", "true", "a mapping with nodes")]
    [InlineData("version: 1\nprofile: {nodes: some}", "line 2, column 18, profile.nodes", "some", "true or false")]
    public void A_value_that_does_not_fit_is_named_with_its_place(string text, string where, string value, string wanted) => Assert.Equal(
        $"error QN7196: the value does not fit its key\n  where   quern.yml {where}\n  value   {value}\n  wanted  {wanted}", Error(text));

    [Theory]
    [InlineData("deliver: all", "line 2, column 10, deliver", "all")]
    [InlineData("deliver: [all]", "line 2, column 11, deliver", "all")]
    public void Deliveries_are_a_list_of_mappings(string text, string where, string value) => Assert.StartsWith(
        $"error QN7196: the value does not fit its key\n  where   quern.yml {where}\n  value   {value}\n  wanted  a list of mappings with model, to, table, ",
        Error($"version: 1\n{text}"), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_a_delivery_lacks_is_named() => Assert.Equal(
        "error QN7193: a key is missing that has to be there\n  where   quern.yml line 3, column 5\n  value   deliver.to\n  wanted  a text\n  try     to: ...",
        Error("version: 1\ndeliver:\n  - model: orders"));

    [Fact]
    public void An_unknown_key_of_a_delivery_is_named_with_the_nearest()
    {
        var error = Error("version: 1\ndeliver:\n  - {model: a, to: b.csv, tabel: c}");
        Assert.StartsWith(
            "error QN7195: there is no key of this name\n  where   quern.yml line 3, column 27\n  value   deliver.tabel\n", error, StringComparison.Ordinal);
        Assert.EndsWith("  try     table:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connections: two", "connections", "two", "a whole number")]
    [InlineData("allow_empty: 1", "allow_empty", "1", "true or false")]
    [InlineData("key: []", "key", null, "a text, or a list of texts")]
    [InlineData("table: ''", "table", "", "a text")]
    public void A_value_of_a_delivery_that_does_not_fit_is_named(string pair, string key, string? value, string wanted)
    {
        var column = 27 + pair.IndexOf(' ', StringComparison.Ordinal) + 1;
        Assert.Equal(
            $"error QN7196: the value does not fit its key\n  where   quern.yml line 3, column {column}, deliver.{key}"
            + (value is null ? "" : $"\n  value   {value}") + $"\n  wanted  {wanted}",
            Error($"version: 1\ndeliver:\n  - {{model: a, to: b.csv, {pair}}}"));
    }

    [Fact]
    public void Templates_are_checked_once_they_are_rendered() =>
        Assert.Single(Parse("version: 1\ndeliver:\n  - {model: a, to: b.csv, connections: \"{{ var('n') }}\", allow_empty: '{{ x }}'}").Deliver);

    [Fact]
    public void The_version_must_be_there() => Assert.Equal(
        "error QN7197: the file does not say which version of its format it has\n  where   quern.yml line 1, column 1\n"
        + "  try     version: 1    as its first line",
        Error("threads: 2"));

    [Fact]
    public void The_schema_for_editors_is_the_table_of_the_reader() =>
        Assert.Equal(OptionSchema.Text(), Repository.Read("docs/quern.schema.json"));

    static QuernOptions Parse(string text) => QuernOptions.Parse(text, "quern.yml", "/data/project");

    static string Error(string text)
    {
        var error = Assert.Throws<QuernException>(() => Parse(text));
        Assert.Equal(ExitCode.Usage, error.Fault.ExitCode);
        return error.Fault.ToString();
    }
}
