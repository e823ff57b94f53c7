using System.CommandLine;
using System.Globalization;

namespace Quern.Bench.Months;

/// <summary>
/// <c>month</c>: writes an OpenShift cluster's reports of one month, as the cost operator would, with a seed that fixes every byte.
/// </summary>
static class MonthVerb
{
    public static Command Create()
    {
        var rows = new Option<long>("--rows")
        {
            Description = "hourly pod rows, exactly; pods are rows / hours of the month",
            DefaultValueFactory = _ => 1_000_000,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "same seed and options, same bytes",
            DefaultValueFactory = _ => 1,
        };
        var month = new Option<string>("--month")
        {
            Description = "the month, as 2025-10",
            DefaultValueFactory = _ => "2025-10",
        };
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "folder for input/ (CSV) or data/ (Parquet) and params.json",
            Required = true,
        };
        var format = new Option<string>("--format")
        {
            Description = "csv, csv.gz, or parquet (production's lake)",
            DefaultValueFactory = _ => "csv",
        }.AcceptOnlyFromAmong("csv", "csv.gz", "parquet");
        var order = new Option<string>("--order")
        {
            Description = "order of pod rows: hour (as the operator writes) or pod",
            DefaultValueFactory = _ => "hour",
        }.AcceptOnlyFromAmong("hour", "pod");
        var files = Count("--files", "files the pod report is split into", 1, 700);
        var sideFiles = Count("--side-files", "files each other report is split into", 1, 600);
        var labelSets = Count("--label-sets", "most distinct pod label strings", 1_000, 10_000_000);
        var nodes = Count("--nodes", "most nodes", 100, 20_000);
        var namespaces = Count("--namespaces", "most namespaces", 50, 20_000);
        var volumes = Count("--volumes", "most volumes", 500, 1_000_000);
        var threads = Count("--threads", "files written or converted at a time", Environment.ProcessorCount, 256);
        var partRows = Count("--part-rows", "rows of a Parquet file", 200_000, 10_000_000);
        var hourlyOnly = new Option<bool>("--hourly-only") { Description = "leave the lake's daily files out" };
        var noHash = new Option<bool>("--no-hash") { Description = "do not hash the files" };
        var check = new Option<bool>("--check") { Description = "read everything again and count" };

        var command = new Command("month", "Write the reports of an OpenShift cluster for one month.")
        {
            rows, seed, month, output, format, order, files, sideFiles, labelSets, nodes, namespaces, volumes, threads,
            partRows, hourlyOnly, noHash, check,
        };
        command.SetAction(parsed =>
        {
            var plan = new MonthPlan
            {
                Rows = parsed.GetValue(rows),
                Seed = parsed.GetValue(seed),
                Month = ParseMonth(parsed.GetValue(month)!),
                LabelSets = parsed.GetValue(labelSets),
                Nodes = parsed.GetValue(nodes),
                Namespaces = parsed.GetValue(namespaces),
                Volumes = parsed.GetValue(volumes),
                Files = parsed.GetValue(files),
                SideFiles = parsed.GetValue(sideFiles),
                Order = parsed.GetValue(order) == "hour" ? RowOrder.Hour : RowOrder.Pod,
            };
            if (plan.Rows is < 1 or > 2_000_000_000) throw new BenchException("--rows is from 1 to 2,000,000,000");
            var (folder, hash) = (parsed.GetValue(output)!.FullName, !parsed.GetValue(noHash));
            var cluster = new Cluster(plan);
            MonthOutput form = parsed.GetValue(format) switch
            {
                "parquet" => new LakeMonth(cluster, folder, parsed.GetValue(threads))
                {
                    PartRows = parsed.GetValue(partRows),
                    HourlyOnly = parsed.GetValue(hourlyOnly),
                    Hash = hash,
                },
                var csv => new CsvMonth(cluster, folder, csv == "csv.gz", hash, parsed.GetValue(threads)),
            };
            MonthJob.Run(cluster, form, folder);
            if (parsed.GetValue(check)) form.Check();
            return 0;
        });
        return command;
    }

    static Option<int> Count(string name, string description, int standard, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            var value = result.GetValueOrDefault<int>();
            if (value < 1 || value > most) result.AddError($"{name} is from 1 to {most:N0}");
        });
        return option;
    }

    static DateOnly ParseMonth(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month
            : throw new BenchException($"--month {text} is not a month such as 2025-10");
}
