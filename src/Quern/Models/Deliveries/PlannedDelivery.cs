using Quern.Delivery;
using Quern.Delivery.DuckDb;
using Quern.Delivery.Sqlite;
using Quern.Loading;
using Quern.Projects.Nodes;

namespace Quern.Models.Deliveries;

/// <summary>A delivery of quern.yml, checked.</summary>
public sealed class PlannedDelivery
{
    internal PlannedDelivery(Node node, LoadRequest request, Destination destination, DeliveryPlace place) =>
        (Node, Request, Destination, Place) = (node, request, destination, place);

    /// <summary>What is delivered: a model, seed or snapshot that makes a relation.</summary>
    public Node Node { get; }

    /// <summary>Where it goes.</summary>
    public Destination Destination { get; }

    /// <summary>Where it goes, for people; in a database file with the table.</summary>
    public string To => Destination.Kind is "duckdb" or "sqlite" ? $"{Destination.Name} {Request.Table}" : Destination.Name;

    /// <summary>What it does to the destination, as a sentence without a full stop.</summary>
    public string Effect => Destination switch
    {
        DuckDbFile => File.Exists(Destination.Path) ? "replaces the table" : Destination.Effect,
        SqliteFile => (Request.Mode ?? LoadMode.Append) switch
        {
            LoadMode.Create => "makes the table",
            LoadMode.Append => "adds rows to the table",
            LoadMode.Replace => "replaces rows of the table",
            _ => "changes rows of the table and adds new ones",
        },
        _ => Destination.Effect,
    };

    /// <summary>What is asked for; may hold a password.</summary>
    internal LoadRequest Request { get; }

    /// <summary>Where it stands in the file.</summary>
    internal DeliveryPlace Place { get; }

    /// <summary>Finds out before the work begins whether the destination can be written at all; connects to a database.</summary>
    /// <exception cref="QuernException">Exit code 2: it cannot.</exception>
    public void Check()
    {
        try
        {
            Destination.Check();
        }
        catch (QuernException e)
        {
            throw new QuernException(Place.InFile(e.Fault), e);
        }
    }

    /// <summary>What it does, in lines for people: the destination is not asked.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Node.Name} to {To}";
        var keys = Request.Keys.Count == 0 ? "" : $" by {string.Join(", ", Request.Keys)}";
        yield return $"{Destination.Kind}: {Effect}{keys}";
    }
}
