using Quern.Delivery;
using Quern.Delivery.Postgres.Address;
using Quern.Files;
using Quern.Jinja.Values;
using Quern.Loading;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Options;
using Quern.Projects.Reading;
using Quern.Yaml;

namespace Quern.Models.Deliveries;

/// <summary>Reads what quern.yml delivers: renders values, finds models, checks all as the verb <c>load</c> checks its options. Connects to
/// nothing.</summary>
/// <param name="project">The project.</param>
/// <param name="connection">What stands for parts that addresses do not have.</param>
public sealed class DeliveryReader(LoadedProject project, ConnectionDefaults connection)
{
    // As in profiles.yml, addresses may have passwords in them: env_var gives secrets, which nothing shows.
    readonly Lazy<ValueTemplates> _templates = new(() => new ValueTemplates(
        project.Invocation, project.Templates.Variables.For(project.Set.Root.Name), project.Set.Target, maySeeSecrets: true));

    readonly Lazy<NameIndex> _names = new(() => new NameIndex(project.Manifest, project.Set.Root.Name));

    /// <summary>Reads all of them.</summary>
    /// <param name="options">What the file says.</param>
    /// <exception cref="QuernException">Exit code 2: QN7194 no such model; QN7196 a value that does not fit; QN1111 two deliveries
    /// into one place; and what a load refuses.</exception>
    public IReadOnlyList<PlannedDelivery> Read(QuernOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<PlannedDelivery> deliveries = [];
        foreach (var item in options.Deliver)
        {
            var delivery = Plan(item);
            deliveries.Add(delivery);
            InFile(delivery.Place, () =>
            {
                Destinations.CheckDistinct(deliveries.Select(d => d.Destination));
                return true;
            });
        }
        return deliveries;
    }

    PlannedDelivery Plan(YamlMap item)
    {
        var place = new DeliveryPlace(item);
        var values = DeliveryKeys.Deliver.Keys.ToDictionary(k => k.Name, k => item[k.Name] is { } node ? Value(node, k, place) : null);
        string? Text(string key) => values[key] as string;

        var node = Find(Text("model")!, place);
        return InFile(place, () =>
        {
            var request = new LoadRequest
            {
                BaseDirectory = project.Set.Root.Folder,
                Inputs = [node.Alias],
                To = Text("to")!,
                Table = Text("table") ?? node.Alias,
                Mode = LoadWords.Mode(Text("mode")),
                Keys = [.. Texts(values["key"]).SelectMany(LoadWords.List)],
                Dedupe = Text("dedupe"),
                Method = LoadWords.Method(Text("method")),
                Stage = Text("stage"),
                Connections = Number("connections"),
                BatchRows = Number("batch_rows"),
                MaxRows = values["max_rows"] as long?,
                DecimalsAreReal = LoadWords.DecimalsAreReal(Text("decimal")),
                Indexes = Texts(values["index"]),
                PartitionBy = Text("partition_by"),
                Geometry = Texts(values["geometry"]),
                DropZ = values["drop_z"] is true,
                StripNul = LoadWords.StripsNul(Text("on_nul")),
                CutNanos = LoadWords.CutsNanos(Text("on_nanos")),
                Evolves = LoadWords.Evolves(Text("schema_contract")),
                RetryBudget = LoadWords.RetryBudget(values["retry_for"] as long?),
                LockTimeout = LoadWords.LockTimeout(values["lock_timeout"] as long?),
                AllowEmpty = values["allow_empty"] is true,
                Rejects = Text("rejects"),
                MaxRejects = values["max_rejects"] is { } limit ? PythonText.Of(limit) : null,
                Connection = connection,
            };
            var destination = LoadTarget.Of(request);
            LoadRejects.Check(request, destination);
            CheckTarget(destination);
            return new PlannedDelivery(node, request, destination, place);
        });

        // Beyond any number of connections or rows, so that the load refuses it, too.
        int? Number(string key) => values[key] is long number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;
    }

    object? Value(YamlNode node, OptionKey key, DeliveryPlace place)
    {
        var written = node.Value();
        var value = _templates.Value.Render(written, place.Of(key.Name));
        // What is wrong with an address may be told with a part of it: nothing of its password is.
        if (key.Name == "to" && value is string to) PostgresAddress.Hide(to, connection.Secrets);
        OptionCheck.Value(node, value, key, QuernOptions.FileName, $"{DeliveryKeys.Deliver.Name}.");
        return value;
    }

    Node Find(string name, DeliveryPlace place)
    {
        var call = name.Split('.') is [var package, var own] ? new RefCall(package, own, null) : new RefCall(null, name, null);
        var node = _names.Value.Find(call, project.Set.Root.Name) ?? _names.Value.Find(new RefCall(null, name, null), project.Set.Root.Name);
        if (node is { Config.Enabled: true, IsEphemeral: false }) return node;
        var near = _names.Value.Nearest(call);
        throw new QuernException(new Fault("QN7194", "this cannot be delivered")
        {
            Where = place.Of("model"),
            Value = $"\"{name}\": " + (node is null ? "there is no model, seed or snapshot of this name"
                : node.IsEphemeral ? "it is ephemeral, and makes no relation" : "it is disabled"),
            Try = node is not null ? [node.IsEphemeral ? "materialized: table" : "enable it, or take the delivery out"]
                : near is not null ? [$"model: {near}"] : [],
            ExitCode = ExitCode.Usage,
        });
    }

    // The engine has the file open: it cannot write to it by another way.
    void CheckTarget(Destination destination)
    {
        var path = project.Set.Target.Path;
        if (!destination.IsFile || path.StartsWith(':')) return;
        var real = OutputTarget.Of(Path.GetFullPath(path, project.Invocation.WorkingDirectory), null).Real;
        if (!Destinations.Replaces(destination, real)) return;
        throw new QuernException(new Fault("QN1113", "an input is replaced by an output")
        {
            Where = "--to",
            Value = $"{destination.Name}, the database of target \"{project.Set.Target.Name}\"",
            Try = ["another file"],
            ExitCode = ExitCode.Usage,
        });
    }

    static T InFile<T>(DeliveryPlace place, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (QuernException e)
        {
            throw new QuernException(place.InFile(e.Fault), e);
        }
    }

    static IReadOnlyList<string> Texts(object? value) => value switch
    {
        string text => [text],
        List<object?> list => [.. list.OfType<string>()],
        _ => [],
    };
}
