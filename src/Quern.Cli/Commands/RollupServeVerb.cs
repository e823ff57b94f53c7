using System.CommandLine;
using System.Net;
using Quern.Rollups;
using Quern.Rollups.Serving;

namespace Quern.Cli.Commands;

/// <summary><c>quern rollup serve</c>.</summary>
sealed class RollupServeVerb : Verb
{
    const int UsualPort = 8080;

    readonly Option<string?> _store = Text("--store", "FOLDER", "the store (default: store)");
    readonly Option<string?> _host = Text("--host", "ADDRESS", "the address to listen at (default: 127.0.0.1)");
    readonly Option<int?> _port = new("--port") { HelpName = "PORT", Description = "the port, 0 for any that is free (default: 8080)" };
    readonly Option<string?> _temp = Text("--temp", "FOLDER", "where temporary files go (default: the system's folder)");

    public override string Path => "rollup serve";

    public override string Summary => "answer queries over HTTP, with a page";

    public override string Memory => "results; for what no grain answers the engine takes half of --memory";

    public override string Help =>
        """
        Serves a store until it is interrupted: a page at / on which measures, keys
        and filters are picked, and for programs
          POST /query      a query as JSON or SQL; Accept: text/csv for CSV
          GET  /explain?q= which grain answers, and why others do not
          GET  /schema, /health, /metrics
        It listens on this machine only, unless --host says other: there is no
        password.
          quern rollup serve --store store --port 8080
        A store that is built anew meanwhile is served from the next start on.
        """;

    public override IReadOnlyList<Option> Options => [_store, _host, _port, _temp];

    public override ExitCode Execute(CommandContext context)
    {
        var at = Address(context);
        var folder = context.Path(context.Value(_store) ?? "store");
        return context.RunInLines(
            run =>
            {
                using var store = RollupStore.Open(folder, RollupUsage.Share(context, context.Value(_temp)));
                var server = RollupServer.Start(store, at, context.Time);
                try
                {
                    context.Screen.Say($"http://{server.EndPoint}/     Ctrl-C ends it");
                    run.Cancellation.WaitHandle.WaitOne();
                }
                finally
                {
                    server.DisposeAsync().AsTask().GetAwaiter().GetResult();
                }
            },
            _ => false,
            () => null);
    }

    IPEndPoint Address(CommandContext context)
    {
        var host = context.Value(_host) ?? "127.0.0.1";
        var port = context.Value(_port) ?? UsualPort;
        if (port is < 0 or > ushort.MaxValue) throw RollupUsage.Wrong("--port", $"{port}", "0 to 65535");
        if (host == "localhost") return new(IPAddress.Loopback, port);
        return IPAddress.TryParse(host, out var address) ? new(address, port) : throw RollupUsage.Wrong("--host", host, "an address: 127.0.0.1, 0.0.0.0, ::1");
    }

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
