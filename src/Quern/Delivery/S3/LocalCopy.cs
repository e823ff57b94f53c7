namespace Quern.Delivery.S3;

/// <summary>What was written here in order to be sent; disposed it is gone.</summary>
/// <param name="Made">The file or folder.</param>
/// <param name="Folder">Absolute path of the folder around it.</param>
sealed record LocalCopy(StagedOutput Made, string Folder) : IDisposable
{
    /// <summary>Absolute path of the file or folder.</summary>
    public string Path => Made.Path!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Made.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
