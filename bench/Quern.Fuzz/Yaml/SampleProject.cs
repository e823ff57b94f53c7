using System.Text;
using Quern.Jinja.Values;
using Quern.Projects;

namespace Quern.Fuzz.Yaml;

/// <summary>A small project in a folder of its own, one file of which is an input.</summary>
sealed class SampleProject : IDisposable
{
    static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["dbt_project.yml"] = "name: p\nprofile: shop\n",
        ["profiles.yml"] = "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n",
        ["models/a.sql"] = "select 1 as id",
        ["models/m/b.sql"] = "{{ config(tags='t') }} select * from {{ ref('a') }} join {{ source('s', 't') }} using (id)",
        ["models/sources.yml"] = "sources: [{name: s, tables: [{name: t}]}]",
        ["snapshots/h.sql"] = "{% snapshot h %}{{ config(strategy='check', unique_key='id', check_cols='all') }} select 1 as id{% endsnapshot %}",
        ["seeds/c.csv"] = "id,name\n1,x\n",
        ["tests/one.sql"] = "select * from {{ ref('a') }} where id > 1",
        ["macros/m.sql"] = "{% macro m(x) %}{{ x }}{% endmacro %}{% test custom(model, column_name, a=1) %}select {{ a }} from {{ model }}{% endtest %}",
        ["models/d.md"] = "{% docs d %}text{% enddocs %}",
    };

    readonly Scratch _scratch = new();

    /// <summary>Writes it.</summary>
    public SampleProject()
    {
        // Deep enough for an input to lead out of it and still meet nothing of others.
        Folder = Path.Combine(_scratch.Folder, "1/2/3/project");
        foreach (var (name, text) in Files) Write(name, text);
        Directory.CreateDirectory(Path.Combine(Folder, "local"));
        Write("local/dbt_project.yml", "name: local\n");
    }

    /// <summary>Absolute path of its folder.</summary>
    public string Folder { get; }

    /// <summary>Writes a file of it.</summary>
    public void Write(string name, string text) => _scratch.Write(Path.Combine("1/2/3/project", name), Encoding.UTF8.GetBytes(text));

    /// <summary>What a verb would ask for.</summary>
    /// <param name="warn">Takes warnings.</param>
    public Invocation Invocation(Action<string, string> warn) => new()
    {
        ProjectFolder = Folder,
        WorkingDirectory = Folder,
        Which = "build",
        Vars = new Dict { ["given"] = 1L },
        Environment = name => name == "A" ? "a" : null,
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Warn = warn,
    };

    /// <summary>Removes it.</summary>
    public void Dispose() => _scratch.Dispose();
}
