using System.Security.Cryptography;
using System.Text;
using Quern.Projects.Nodes;

namespace Quern.Projects.Artifacts;

/// <summary>What tells one contract of a model from another: names and types of its columns, whatever their order.</summary>
static class ContractChecksum
{
    /// <summary>SHA-256 in hex.</summary>
    public static string Of(Node node)
    {
        var text = new StringBuilder();
        foreach (var column in node.Columns.Values.OrderBy(c => c.Name, StringComparer.Ordinal))
            text.Append('|').Append(column.Name).Append(column.DataType);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
