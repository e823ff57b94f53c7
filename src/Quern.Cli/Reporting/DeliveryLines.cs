using System.Globalization;
using Quern.Models.Deliveries;
using Quern.Models.Results;

namespace Quern.Cli.Reporting;

/// <summary>Says how deliveries go, a line each: <c>1 of 2 OK delivered orders to out.parquet ... [5 rows in 0.02s]</c>.</summary>
/// <param name="log">Where to say it.</param>
sealed class DeliveryLines(RunLog log) : DeliveryWatcher
{
    /// <inheritdoc/>
    public override void Started(int index, int total, PlannedDelivery delivery) => NumberedLine.Say(
        log, (index, total), $"START deliver {delivery.Node.Name} to {delivery.To}", _ => "RUN", null, LogLevel.Info, "LogDeliveryStart");

    /// <inheritdoc/>
    public override void Finished(int index, int total, DeliveryResult result)
    {
        var (node, to) = (result.Delivery.Node.Name, result.Delivery.To);
        switch (result.Status)
        {
            case NodeStatus.Success:
                var rows = result.Rows is { } count
                    ? string.Create(CultureInfo.InvariantCulture, $"{count} row{(count == 1 ? "" : "s")}")
                    : "nothing to write";
                NumberedLine.Say(
                    log, (index, total), $"OK delivered {node} to {to}", ink => ink.Good(rows), result.Seconds, LogLevel.Info, "LogDelivery");
                break;
            case NodeStatus.Skipped:
                NumberedLine.Say(
                    log, (index, total), $"SKIP delivery of {node} to {to}: {result.Reason}", ink => ink.Odd("SKIP"), null, LogLevel.Info,
                    "LogDeliverySkipped");
                break;
            default:
                NumberedLine.Say(
                    log, (index, total), $"ERROR delivering {node} to {to}", ink => ink.Bad("ERROR"), result.Seconds, LogLevel.Error,
                    "LogDelivery");
                break;
        }
    }
}
