using System.Globalization;
using System.Text;

namespace Quern.Bench.Projects;

/// <summary>A dbt project in three layers: half its models stage a seed or source, three in ten join two of them, the rest aggregate.
/// Of the joining models every other one is incremental and loops; the aggregates call a macro. A YAML file describes ten models.</summary>
/// <param name="models">How many models there are.</param>
/// <param name="tests">How many generic tests there are.</param>
sealed class LayeredProject(int models, int tests)
{
    const int ModelsInFile = 10;

    static readonly string[] Kinds = ["not_null", "unique", "accepted_values", "relationships", "positive"];

    public int Models => models;

    public int Tests => tests;

    /// <summary>Writes it into a folder, over what is there.</summary>
    public void Write(string folder)
    {
        if (models is < 10 or > 100_000) throw new BenchException("--models is from 10 to 100,000");
        if (tests < 0 || tests > models * 10) throw new BenchException("--tests is from 0 to ten a model");
        Put(folder, "dbt_project.yml", """
            name: layers
            version: "1.0.0"
            profile: layers
            vars: {first_day: "2024-01-01", rate: 1.5}
            models:
              layers:
                +materialized: view
                +tags: [all]
                marts: {+materialized: table, +schema: marts}
            """);
        Put(folder, "profiles.yml", "layers:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: layers.duckdb, threads: 2}\n");
        Put(folder, "macros/amounts.sql", "{% macro amount(cents, scale=2) %}round({{ cents }} / 100, {{ scale }}){% endmacro %}\n");
        Put(folder, "tests/generic/positive.sql", "{% test positive(model, column_name) %}\nselect * from {{ model }} where {{ column_name }} <= 0\n{% endtest %}\n");
        Put(folder, "seeds/raw_events.csv", "id,kind,cents,day\n1,a,100,2024-01-01\n2,b,250,2024-01-02\n");
        var yaml = new StringBuilder();
        for (var i = 0; i < models; i++)
        {
            Put(folder, $"models/{Layer(i)}/{Name(i)}.sql", Sql(i));
            if (i % ModelsInFile == 0) yaml.Clear().Append("version: 2\nmodels:\n");
            Describe(yaml, i);
            if (i % ModelsInFile == ModelsInFile - 1 || i == models - 1) Put(folder, $"models/{Layer(i)}/_{Name(i)}.yml", yaml.ToString());
        }
    }

    string Layer(int i) => i < models / 2 ? "staging" : i < models * 8 / 10 ? "joined" : "marts";

    string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"{Layer(i)[..3]}_{i:00000}");

    string Sql(int i)
    {
        if (Layer(i) == "staging")
        {
            return i % 2 == 0
                ? "select id, kind, cents, day from {{ ref('raw_events') }} where day >= '{{ var(\"first_day\") }}'\n"
                : "{{ config(tags=['staged']) }}\n\nwith source as (\n    select * from {{ ref('raw_events') }}\n)\n\nselect id, kind, cents, day\nfrom source\n";
        }
        var (first, second) = (Name(i * 7 % (models / 2)), Name(i * 13 % (models / 2)));
        if (Layer(i) == "marts")
            return $"select kind, {{{{ amount('sum(cents)') }}}} as amount, count(*) as id\nfrom {{{{ ref('{Name(models / 2 + i * 3 % (models * 3 / 10))}') }}}}\ngroup by kind\n";
        return i % 2 == 0
            ? $"select a.*, b.cents as other\nfrom {{{{ ref('{first}') }}}} as a\njoin {{{{ ref('{second}') }}}} as b using (id)\n"
            : $$$"""
                {{ config(materialized='incremental', unique_key='id') }}

                select
                    a.id, a.kind, a.cents, a.day
                    {%- for kind in ['a', 'b', 'c'] %},
                    count(*) filter (a.kind = '{{ kind }}') over () as {{ kind }}_rows
                    {%- endfor %}
                from {{ ref('{{{first}}}') }} as a
                join {{ ref('{{{second}}}') }} as b using (id)
                {% if is_incremental() %}where a.day > (select max(day) from {{ this }}){% endif %}

                """;
    }

    void Describe(StringBuilder yaml, int i)
    {
        yaml.Append(CultureInfo.InvariantCulture, $"  - name: {Name(i)}\n    description: Model number {i} of its layer, made for measuring.\n");
        var count = (int)((long)tests * (i + 1) / models - (long)tests * i / models);
        if (count == 0) return;
        yaml.Append("    columns:\n");
        var columns = new[] { "id", "kind" };
        for (var c = 0; c < columns.Length && c * Kinds.Length < count; c++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"      - name: {columns[c]}\n        description: A column.\n        data_tests:\n");
            for (var k = 0; k < Math.Min(count - c * Kinds.Length, Kinds.Length); k++) yaml.Append(Test(Kinds[(i + k) % Kinds.Length]));
        }
    }

    string Test(string kind) => kind switch
    {
        "accepted_values" => "          - accepted_values:\n              arguments: {values: [a, b, c]}\n              config: {severity: warn}\n",
        "relationships" => $"          - relationships:\n              arguments: {{to: ref('{Name(0)}'), field: id}}\n",
        _ => $"          - {kind}\n",
    };

    static void Put(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
