using System.Globalization;
using Quern.Delivery.Parquet;
using Quern.Duck;

namespace Quern.Delivery.Folder;

/// <summary>A folder with a number of files, <c>part-1.parquet</c> and on: the rows in their order, the same number in each.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="parts">How many files.</param>
/// <param name="codec">How files are compressed.</param>
sealed class PartsFolder(string name, string path, int parts, ParquetCodec codec) : ParquetFolder(name, path)
{
    private protected override long Fill(DuckDatabase database, DuckSession session, string folder, Shipment shipment, CancellationToken cancel)
    {
        using var source = database.Connect();
        var expected = shipment.Rows ?? source.Scalar<long>($"select count(*) from {shipment.Relation}", cancel);
        using var rows = source.Query(shipment.Query, cancel);
        var deal = new DealtRows(rows);
        session.Register(deal);
        var digits = parts.ToString(CultureInfo.InvariantCulture).Length;
        for (var part = 1; part <= parts; part++)
        {
            // What was not expected goes into the last file.
            deal.Until = part == parts ? long.MaxValue : (long)((Int128)expected * part / parts);
            var file = System.IO.Path.Combine(folder, $"part-{part.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}.parquet");
            session.Execute($"copy (from {deal.Name}()) to {Sql.Text(file)} ({Form(codec, shipment.RowGroupRows)})", cancel);
        }
        return deal.Dealt;
    }
}
