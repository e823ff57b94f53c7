namespace Quern.Rollups.Store;

/// <summary>manifest.json of a store.</summary>
static class ManifestFile
{
    /// <summary>Reads the manifest of a store.</summary>
    /// <exception cref="QuernException">QN7501 there is none; QN7502 it is damaged; QN7503 it has another format.</exception>
    public static StoreManifest Read(string folder) => throw new NotImplementedException();
}
