using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>The uuid of a row: its name in the namespace of the source, by RFC 9562 version 5.</summary>
public sealed class RowNameTests : IDisposable
{
    /// <summary>What the name of a row is made of: a JSON list of its keys.</summary>
    static readonly string[] Keys =
    [
        "data_source", "usage_start", "namespace", "node", "resource_id", "pod_labels",
        "persistentvolumeclaim", "persistentvolume", "storageclass", "volume_labels", "csi_volume_handle",
    ];

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly Reports _reports = new();

    public void Dispose() => _reports.Dispose();

    [Fact]
    public void Is_the_hash_of_the_rows_keys_in_the_namespace_of_the_source()
    {
        _reports.Pod("shop/web@n1", labels: "app:über \"x\"\\");
        _reports.Volume("shop/web", labels: "env:é").Volume("/", "", "");
        var rows = _reports.Run.Make().Rows;
        Assert.Equal(4, rows.Count);
        Assert.Equal(rows.Select(r => Named(Reports.Source, r)), rows.Select(r => r["uuid"]));
        var other = Guid.Parse("f0000000-0000-4000-8000-00000000000a");
        var parameters = _reports.Parameters with { SourceUuid = other, ClusterId = "other", ReportPeriodId = 7 };
        rows = (_reports.Run with { Parameters = parameters }).Make().Rows;
        Assert.Equal(rows.Select(r => Named(other.ToString(), r)), rows.Select(r => r["uuid"]));
    }

    [Theory]
    [InlineData("random-cluster-a")]
    [InlineData("edge-label-parsing-a")]
    [InlineData("nise-example-cross-month")]
    public void Is_another_for_each_row(string scenario)
    {
        var rows = Scenario.Of(scenario).Run.Make().Rows;
        Assert.Equal(rows.Count, rows.Select(r => r["uuid"]).Distinct().Count());
        const string Form = "^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
        Assert.All(rows, r => Assert.Matches(Form, (string)r["uuid"]!));
    }

    static string Named(string source, SummaryRow row)
    {
        var name = JsonSerializer.Serialize(Keys.Select(k => (string?)row[k]), Plain);
#pragma warning disable CA5350 // The RFC says SHA-1.
        var hash = SHA1.HashData([.. Guid.Parse(source).ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)])
            .AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }
}
