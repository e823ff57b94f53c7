using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>The file of a key whose values are a list.</summary>
static class KeyFile
{
    /// <summary>Reads and checks the values of a key.</summary>
    /// <exception cref="QuernException">QN7504 to QN7506: the file is missing or damaged.</exception>
    public static KeyDomain Read(MappedStoreFile file, KeyEntry key) => throw new NotImplementedException();
}
