using Quern.Jinja.Values;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>Calls a macro of a project by itself: <c>run-operation</c>.</summary>
/// <param name="project">The project.</param>
/// <param name="warehouse">The database that it may change.</param>
public sealed class MacroCall(LoadedProject project, Warehouse warehouse)
{
    /// <summary>Calls it and makes what it did last; when it fails, what it did in an open transaction is taken back.</summary>
    /// <param name="name">The macro, or <c>package.macro</c>.</param>
    /// <param name="args">Its arguments by name.</param>
    /// <param name="cancel">Stops its statements.</param>
    /// <returns>One result, called by the macro's id.</returns>
    /// <exception cref="QuernException">QN7303, exit code 2: there is no such macro.</exception>
    public RunResults Run(string name, Dict args, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        var macro = Find(project, name);
        var time = project.Invocation.Time;
        var (start, began) = (time.GetUtcNow(), time.GetTimestamp());
        Fault? fault = null;
        using (var session = warehouse.Connect(project))
        {
            session.Cancellation = cancel;
            try
            {
                project.Templates.CallMacro(name, null, session, named: args.Select(a => new KeyValuePair<string, object?>((string)a.Key!, a.Value)));
                session.Commit();
            }
            catch (QuernException e)
            {
                fault = e.Fault;
            }
            fault = TakeBack(session, fault);
        }
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        var result = new NodeResult
        {
            Node = Operation(macro),
            Status = fault is null ? NodeStatus.Success : NodeStatus.Error,
            Message = fault?.ToString(),
            Fault = fault,
            Compiling = (start, start),
            Executing = (start, time.GetUtcNow()),
            Seconds = seconds,
            Thread = "MainThread",
        };
        return new RunResults([result], seconds, cancel.IsCancellationRequested);
    }

    /// <summary>The macro of a name: in the root project, then in a package, then in the library.</summary>
    /// <exception cref="QuernException">QN7303, exit code 2: there is none.</exception>
    public static ProjectMacro Find(LoadedProject project, string name)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(name);
        var macros = project.Templates.Macros;
        var (package, bare) = name.Split('.') is [var p, var n] ? (p, n) : (null, name);
        var found = macros.Values.Where(m => m.Id.EndsWith("." + bare, StringComparison.Ordinal) && (package is null || m.Package == package))
            .OrderBy(m => m.Package == project.Set.Root.Name ? 0 : m.Package == "dbt" ? 2 : 1).FirstOrDefault();
        if (found is not null) return found;
        var near = NearestName.Of(name, macros.Values.Select(m => m.Id.Split('.')[^1]).Distinct());
        throw new QuernException(new Fault("QN7303", "there is no macro of this name")
        {
            Value = name,
            Try = near is null ? [] : [near],
            ExitCode = ExitCode.Usage,
        });
    }

    static Fault? TakeBack(WarehouseSession session, Fault? fault)
    {
        try
        {
            session.Rollback();
            return fault;
        }
        catch (QuernException e)
        {
            return fault ?? e.Fault;
        }
    }

    static Node Operation(ProjectMacro macro) => new(ResourceKind.Operation)
    {
        Id = macro.Id,
        Name = macro.Id.Split('.')[^1],
        Package = macro.Package,
        File = macro.File,
        PackageFolder = "",
        PathInRoot = macro.File,
        Path = [macro.Package, macro.Id.Split('.')[^1]],
    };
}
