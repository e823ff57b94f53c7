using Quern.Converting.Sources;
using Quern.Duck;
using Quern.Loading;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;
using Quern.Running;

namespace Quern.Models.Deliveries;

/// <summary>Delivers what a run has built. Nothing is put in place before all of it is ready; the first failure ends all.</summary>
/// <remarks>Each is a transaction of its own: when one cannot be put in place at the very end, those before it stay.</remarks>
/// <param name="run">Takes steps, counts rows, is told of what is made.</param>
/// <param name="project">The project.</param>
/// <param name="warehouse">Where it ran.</param>
/// <param name="watcher">Is told of each delivery.</param>
public sealed class DeliveryRun(Run run, LoadedProject project, Warehouse warehouse, DeliveryWatcher watcher)
{
    DeliveryResult?[] _results = [];
    long _began;

    /// <summary>Delivers them. A failure is in the results; it is not thrown.</summary>
    /// <param name="deliveries">What quern.yml says.</param>
    /// <param name="results">What became of the run.</param>
    /// <returns>A result for each, in their order.</returns>
    /// <exception cref="OperationCanceledException">The user stopped it before all were ready.</exception>
    public IReadOnlyList<DeliveryResult> Deliver(IReadOnlyList<PlannedDelivery> deliveries, RunResults results)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        _results = new DeliveryResult?[deliveries.Count];
        var gate = new DeliveryGate(results);
        List<Lane> lanes = [];
        try
        {
            for (var i = 0; i < deliveries.Count; i++)
            {
                if (gate.Reason(deliveries[i]) is { } reason) Skip(i, deliveries[i], reason);
                else lanes.Add(new Lane(i, deliveries[i]));
            }
            if (All(lanes, Stage)) All(lanes.OrderByDescending(l => l.Pass!.IsContended), Commit);
            if (_results.FirstOrDefault(r => r?.Status == NodeStatus.Error)?.Delivery is { } failed)
            {
                foreach (var lane in lanes.Where(l => _results[l.Index] is null))
                    Skip(lane.Index, lane.Delivery, $"the delivery to {failed.To} failed");
            }
        }
        finally
        {
            for (var i = lanes.Count - 1; i >= 0; i--) lanes[i].Dispose();
        }
        return [.. _results.OfType<DeliveryResult>()];
    }

    /// <summary>Does something with each until one fails.</summary>
    bool All(IEnumerable<Lane> lanes, Action<Lane> work)
    {
        foreach (var lane in lanes)
        {
            _began = run.Time.GetTimestamp();
            try
            {
                work(lane);
            }
            catch (QuernException e)
            {
                lane.Seconds += Elapsed;
                var fault = SpillFault.Of(e, warehouse.Database.Options)?.Fault ?? e.Fault;
                fault = lane.Delivery.Place.InFile(fault);
                End(lane.Index, new DeliveryResult(lane.Delivery, NodeStatus.Error) { Fault = fault, Seconds = lane.Seconds });
                return false;
            }
        }
        return true;
    }

    void Stage(Lane lane)
    {
        watcher.Started(lane.Index + 1, _results.Length, lane.Delivery);
        lane.Stage(run, project.Templates.RelationOf(lane.Delivery.Node), warehouse);
        lane.Seconds += Elapsed;
    }

    void Commit(Lane lane)
    {
        var output = lane.Pass!.Commit();
        lane.Seconds += Elapsed;
        End(lane.Index, new DeliveryResult(lane.Delivery, NodeStatus.Success) { Rows = output?.Rows, Seconds = lane.Seconds });
    }

    double Elapsed => run.Time.GetElapsedTime(_began).TotalSeconds;

    void Skip(int index, PlannedDelivery delivery, string reason) =>
        End(index, new DeliveryResult(delivery, NodeStatus.Skipped) { Reason = reason });

    void End(int index, DeliveryResult result)
    {
        _results[index] = result;
        watcher.Finished(index + 1, _results.Length, result);
    }

    /// <summary>A delivery on its way.</summary>
    sealed class Lane(int index, PlannedDelivery delivery) : IDisposable
    {
        DuckSession? _session;
        RelationSource? _source;
        LoadRejects? _rejects;

        public int Index => index;

        public PlannedDelivery Delivery => delivery;

        public LoadPass? Pass { get; private set; }

        public double Seconds { get; set; }

        public void Stage(Run run, Relation relation, Warehouse warehouse)
        {
            var node = delivery.Node;
            _session = warehouse.Database.Connect();
            var found = warehouse.Find(relation.Database ?? "", relation.Schema ?? "", relation.Identifier ?? "");
            var isTable = found?.Kind == RelationKind.Table;
            _source = new RelationSource(relation.Render(), $"{node.Kind.Name()} {node.Name}", isTable);
            _rejects = LoadRejects.Of(delivery.Request, _source);
            Pass = new LoadPass(run, delivery.Request, _source, delivery.Destination, _rejects);
            var reading = new Reading(true, warehouse.Database.Options.Threads, run.Memory.LimitBytes, _ => { });
            try
            {
                Pass.Stage(warehouse.Database, Pass.Open(warehouse.Database, _session, reading));
            }
            finally
            {
                Pass.SetAside(warehouse.Database);
            }
        }

        public void Dispose()
        {
            Pass?.Dispose();
            _rejects?.Dispose();
            _source?.Dispose();
            _session?.Dispose();
        }
    }
}
