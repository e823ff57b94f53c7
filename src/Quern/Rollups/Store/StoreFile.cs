namespace Quern.Rollups.Store;

/// <summary>A file of a store.</summary>
/// <param name="Path">From the store's folder, with slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Checksum">Of a grain and of a key, the checksum of its directory, which holds those of the rest; of another file, of all its
/// bytes.</param>
sealed record StoreFile(string Path, long Bytes, ulong Checksum);
