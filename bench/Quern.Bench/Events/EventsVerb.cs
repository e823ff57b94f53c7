using System.CommandLine;
using System.Globalization;

namespace Quern.Bench.Events;

/// <summary><c>events</c>: writes ad events as CSV, with a seed that fixes every byte.</summary>
static class EventsVerb
{
    public static Command Create()
    {
        var usual = new EventPlan();
        var rows = new Option<long>("--rows") { Description = "rows in all", DefaultValueFactory = _ => usual.Rows };
        var output = new Option<DirectoryInfo>("--out") { Description = "folder for the files", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "same seed and options, same bytes", DefaultValueFactory = _ => usual.Seed };
        var start = new Option<string>("--start") { Description = "first day, UTC", DefaultValueFactory = _ => $"{usual.Start:yyyy-MM-dd}" };
        var parts = Count("--parts", "files", usual.Parts);
        var days = Count("--days", "days covered", usual.Days);
        var advertisers = Count("--advertisers", "distinct advertisers", usual.Advertisers);
        var publishers = Count("--publishers", "distinct publishers", usual.Publishers);
        var users = Count("--users", "the highest user id", usual.Users);
        var clicks = Count("--clicks", "clicks per 1,000 impressions", usual.Clicks);
        var purchases = Count("--purchases", "purchases per 1,000 clicks", usual.Purchases);
        var edges = Count("--edges", "auctions per million in the first millisecond of a day, in the last one, on a minute", usual.Edges);
        var nulls = new Option<double>("--null-rate") { Description = "share of rows without an advertiser, a publisher, a country, a price" };
        var odd = new Option<double>("--odd-rate") { Description = "share of rows with an unusual but valid spelling" };
        var crlf = new Option<bool>("--crlf") { Description = "end lines with CR LF" };
        var order = new Option<string>("--order") { Description = "random, or time: day by day", DefaultValueFactory = _ => "random" }
            .AcceptOnlyFromAmong("random", "time");
        var command = new Command("events", "Write ad events as CSV; prints the hash of the files in their order.")
        {
            rows, output, seed, start, parts, days, advertisers, publishers, users, clicks, purchases, edges, nulls, odd, crlf, order,
        };
        command.SetAction(parsed =>
        {
            if (!DateOnly.TryParseExact(parsed.GetValue(start), "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var first))
                throw new BenchException("--start is a day: 2024-01-01");
            var plan = new EventPlan
            {
                Rows = parsed.GetValue(rows),
                Parts = parsed.GetValue(parts),
                Seed = parsed.GetValue(seed),
                Start = first,
                Days = parsed.GetValue(days),
                Advertisers = parsed.GetValue(advertisers),
                Publishers = parsed.GetValue(publishers),
                Users = parsed.GetValue(users),
                Clicks = parsed.GetValue(clicks),
                Purchases = parsed.GetValue(purchases),
                Edges = parsed.GetValue(edges),
                NullRate = parsed.GetValue(nulls),
                OddRate = parsed.GetValue(odd),
                CrLf = parsed.GetValue(crlf),
                ByTime = parsed.GetValue(order) == "time",
            };
            if (plan.Rows < 0 || plan.Parts < 1 || plan.Days < 1 || plan.Advertisers < 1 || plan.Publishers < 1 || plan.Users < 1)
                throw new BenchException("a count is zero");
            new EventJob(plan, parsed.GetValue(output)!.FullName).Run();
        });
        return command;
    }

    static Option<int> Count(string name, string what, int usual) => new(name) { Description = what, DefaultValueFactory = _ => usual };
}
