using Quern.Projects.Nodes;
using Quern.Tests.Projects.Context;

namespace Quern.Tests.Projects.Library;

/// <summary>Public packages, from local copies: the folder that QUERN_DBT_UTILS_DIR names, and those of other packages beside it. Nothing of them
/// is part of this repository.</summary>
public class PublicPackageTests
{
    const string Variable = "QUERN_DBT_UTILS_DIR";

    static readonly string[] Others = ["dbt_date", "dbt_expectations", "dbt_project_evaluator"];

    [Fact]
    public void Macros_of_public_packages_load()
    {
        using var sample = Load();
        Assert.Contains("macro.dbt_utils.star", sample.Templates.Macros.Keys);
        Assert.True(sample.Templates.Macros.Count > 150, $"{sample.Templates.Macros.Count} macros");
    }

    [Theory]
    [InlineData("{{ dbt_utils.generate_surrogate_key(['a', 'b']) }}", "select {0} = md5('1-x') from (select 1 as a, 'x' as b)", true)]
    [InlineData("{{ dbt_utils.star(ref('numbers'), except=['b']) }}", "select count(*) from (select {0} from numbers)", 3L)]
    [InlineData("{{ dbt_utils.get_column_values(ref('numbers'), 'b') | sort | join(',') }}", "select '{0}'", "x,y")]
    [InlineData("{{ dbt_utils.pivot('b', ['x', 'y']) }}", "select columns('^x$') from (select {0} from numbers)", 2L)]
    [InlineData("{{ dbt_utils.date_spine('day', \"cast('2024-01-01' as date)\", \"cast('2024-01-11' as date)\") }}", "select count(*) from ({0})", 10L)]
    [InlineData("{{ dbt_utils.union_relations([ref('numbers'), ref('more')]) }}", "select count(*) from ({0})", 5L)]
    [InlineData("{{ dbt_utils.unpivot(ref('wide'), cast_to='integer', exclude=['id']) }}", "select sum(value) from ({0})", 30L)]
    [InlineData("{{ dbt_utils.generate_series(7) }}", "select count(*) from ({0})", 7L)]
    [InlineData("{{ dbt_utils.safe_divide('1', '0') }}", "select {0} is null", true)]
    [InlineData("{{ dbt_utils.safe_add(['1', 'null', '2']) }}", "select {0}", 3L)]
    [InlineData("{{ dbt_utils.group_by(2) }}", "select '{0}'", "group by 1,2")]
    [InlineData("{{ dbt_utils.deduplicate(ref('numbers'), 'b', 'a') }}", "select count(*) from ({0})", 2L)]
    [InlineData("{{ dbt_utils.slugify('Wool Socks!') }}", "select '{0}'", "wool_socks")]
    [InlineData("{{ dbt_utils.get_url_host('page') }}", "select {0} from (select 'https://a.example/b?c=d' as page)", "a.example")]
    [InlineData("{{ dbt_utils.get_single_value('select max(a) from ' ~ ref('numbers')) }}", "select {0}", 3)]
    [InlineData("{{ dbt_utils.width_bucket('a', 0, 10, 5) }}", "select {0} from (select 3 as a)", 2.0)]
    [InlineData("{{ dbt_utils.haversine_distance('0', '0', '0', '0') }}", "select {0}", 0.0)]
    [InlineData("{{ dbt_utils.get_filtered_columns_in_relation(ref('numbers'), ['a']) | join(',') }}", "select '{0}'", "b,c,d")]
    public void Macros_of_dbt_utils_run(string call, string query, object expected)
    {
        using var sample = Load();
        var model = Tables(sample, call);
        var sql = string.Format(System.Globalization.CultureInfo.InvariantCulture, query, sample.Compile(model).Trim());
        Assert.Equal(Quern.Jinja.Values.Value.From(expected), sample.Query(sql));
    }

    static Node Tables(Sample sample, string call)
    {
        sample.Session.Execute("create table numbers as from (values (1, 'x', 1.5, true), (2, 'y', 2.5, false), (3, 'x', 3.5, null)) t(a, b, c, d)");
        sample.Session.Execute("create table more as from (values (4, 'z', date '2024-01-01'), (5, null, null)) t(a, b, e)");
        sample.Session.Execute("create table wide as from (values (1, 10, 20)) t(id, p, q)");
        sample.Session.Warehouse.ReadCatalog(sample.Session);
        foreach (var name in new[] { "numbers", "more", "wide" }) sample.Model(name, "select 1", "table");
        return sample.Model("tried", $"{{{{ set([ref('numbers'), ref('more'), ref('wide')]) and '' }}}}{call}");
    }

    static Sample Load()
    {
        var folder = Environment.GetEnvironmentVariables()[Variable] as string;
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} names no folder with a copy of dbt_utils");
        return new Sample(packages: [.. Others.Prepend("").Select(n => n.Length == 0 ? folder! : Path.Combine(folder!, "..", n)).Where(Directory.Exists).Select(Read)]);
    }

    static (string, string) Read(string folder) => (
        Path.GetFileName(Path.GetFullPath(folder)),
        string.Join('\n', new[] { "macros", "tests/generic" }.Select(p => Path.Combine(folder, p)).Where(Directory.Exists)
            .SelectMany(p => Directory.EnumerateFiles(p, "*.sql", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).Select(File.ReadAllText)));
}
