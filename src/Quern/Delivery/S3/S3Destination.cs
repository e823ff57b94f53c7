using Quern.Duck;

namespace Quern.Delivery.S3;

/// <summary>Files in S3: written here first, then sent; an object that was there stays until the new one is complete.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="url">The place.</param>
/// <param name="settings">How S3 is reached.</param>
/// <param name="local">Writes the file, or the folder, at an absolute path here.</param>
sealed class S3Destination(string name, S3Url url, S3Settings settings, Func<string, Destination> local)
    : Destination(name, $"s3://{url.Bucket}/{url.Key.TrimEnd('/')}")
{
    /// <inheritdoc/>
    public override bool IsFile => false;

    /// <inheritdoc/>
    public override string Kind => "s3";

    /// <inheritdoc/>
    public override string Effect => IsFolder ? "sends the files, then the manifest that names them" : "replaces the object";

    bool IsFolder => url.Key.EndsWith('/');

    /// <inheritdoc/>
    public override void Check()
    {
        using var store = new S3Store(settings, url.Bucket);
        store.Check(url.Key, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        var folder = LocalFolder(database);
        StagedOutput? made = null;
        S3Store? store = null;
        try
        {
            made = local(System.IO.Path.Combine(folder, url.LastPart)).Stage(database, shipment, cancel);
            if (made is null)
            {
                Directory.Delete(folder, recursive: true);
                return null;
            }
            store = new S3Store(settings, url.Bucket);
            var copy = new LocalCopy(made, folder);
            return IsFolder
                ? StagedS3Folder.Send(this, store, url, settings, copy, shipment.Scope, cancel)
                : StagedS3Object.Send(this, store, url, copy, cancel);
        }
        catch
        {
            store?.Dispose();
            made?.Dispose();
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>In the folder for temporary files, which the run removes at its end, also after a kill.</summary>
    static string LocalFolder(DuckDatabase database)
    {
        var temp = database.Options.TempDirectory is { Length: > 0 } own ? own : System.IO.Path.GetTempPath();
        Directory.CreateDirectory(temp);
        var folder = System.IO.Path.Combine(temp, $"quern-s3-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }
}
