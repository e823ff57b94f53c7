using System.Globalization;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Results;
using Quern.Models.Tests;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.UnitTests;

/// <summary>Runs a model over given rows and compares what it gives with the rows that are expected, as bags of rows.</summary>
sealed class UnitTestRun
{
    const int ShownRows = 20;

    readonly LoadedProject _project;
    readonly UnitTest _test;
    readonly WarehouseSession _session;
    readonly Node _model;
    readonly FixtureSql _fixtures;
    string _sql = "";

    /// <summary>Prepares it.</summary>
    /// <exception cref="QuernException">QN7290: there is no such model.</exception>
    public UnitTestRun(LoadedProject project, UnitTest test, WarehouseSession session)
    {
        (_project, _test, _session) = (project, test, session);
        _model = test.DependsOn.Select(project.Manifest.Find).OfType<Node>().FirstOrDefault(n => n.Name == test.Model)
            ?? project.Templates.Links.Find(new RefCall(null, test.Model, null), test.Package)
            ?? throw new QuernException(new Fault("QN7290", $"the unit test {test.Name} tests a model that is not there")
            {
                Where = test.File,
                Value = test.Model,
            });
        var folder = project.Set.Packages.FirstOrDefault(p => p.Name == test.Package)?.Folder ?? project.Set.Root.Folder;
        _fixtures = new FixtureSql(folder, test);
    }

    /// <summary>Renders the model with the given rows in place of what it reads.</summary>
    /// <returns>The query.</returns>
    public string Compile()
    {
        var inputs = _test.Given.Select(g => GivenInput.Read(g, _test, _project.Templates.Links)).ToList();
        var rendered = _project.Templates.Render(
            _model.RawCode, $"{_model.File}, for unit test {_test.Name}", _model, _session, UnitTestNames.Of(_project, _test, inputs));
        var ctes = inputs.Select(i => (i.Name, _fixtures.Of(i.Rows, ColumnsOf(i), all: true).Sql)).ToList();
        return _sql = CteInjection.Inject(rendered, ctes);
    }

    /// <summary>Runs the query and compares.</summary>
    public TestVerdict Compare()
    {
        var columns = _session.ColumnsOf(_sql);
        var (expected, named) = _fixtures.Of(_test.Expect, columns, all: false);
        var names = named.Count > 0 ? Sql.Names(named) : Sql.Names(_session.ColumnsOf(expected).Select(c => c.Name));
        var table = _session.QueryOne(
            $"""
            with quern_actual as materialized (select {names} from ({_sql}
            )), quern_expected as materialized (select {names} from ({expected}
            ))
            select '-' as quern_side, * from (select * from quern_expected except all select * from quern_actual)
            union all
            select '+', * from (select * from quern_actual except all select * from quern_expected)
            """);
        if (table.Rows.Count == 0) return TestVerdict.Passed(0);
        var lines = table.Rows.Take(ShownRows).Select(r => $"{r[0]} {string.Join(" | ", r.Skip(1).Select(PythonText.Represent))}").ToList();
        if (table.Rows.Count > ShownRows) lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {table.Rows.Count - ShownRows} more"));
        var head = string.Join(" | ", table.Columns.Skip(1).Select(c => c.Name));
        return new TestVerdict(
            NodeStatus.Fail, table.Rows.Count, $"actual differs from expected (- expected, + actual):\n  {head}\n{string.Join('\n', lines)}");
    }

    IReadOnlyList<TableColumn>? ColumnsOf(GivenInput input)
    {
        var relation = input.Resource switch
        {
            null => _project.Templates.RelationOf(_model),
            SourceTable source => _project.Templates.RelationOf(source),
            Node node => _project.Templates.RelationOf(node),
            _ => null,
        };
        if (relation is null || relation.Kind == RelationKind.Cte) return null;
        if (relation.Location is null && _session.Warehouse.Find(relation.Database ?? "", relation.Schema ?? "", relation.Identifier ?? "") is null)
            return null;
        return _session.ColumnsOf($"from {relation.Render()}");
    }
}
