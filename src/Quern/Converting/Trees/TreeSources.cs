using System.Text;
using System.Text.Json.Nodes;
using Quern.Csv.Schemas;
using Quern.Duck;
using Quern.Files;

namespace Quern.Converting.Trees;

/// <summary>The results of a tree as sources of a project.</summary>
static class TreeSources
{
    /// <summary>Its name in the folder of the results.</summary>
    public const string Name = "sources.yml";

    const string Mark = "# Written by quern convert --tree, and replaced by its next run.\n";

    /// <summary>Finds out whether it may be written.</summary>
    /// <param name="folder">Absolute path of the folder of the results.</param>
    /// <param name="name">How messages name it.</param>
    /// <exception cref="QuernException">QN1117, exit code 2: somebody else has written the file that is there.</exception>
    public static void Check(string folder, string name)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path) || File.ReadAllText(path).StartsWith(Mark, StringComparison.Ordinal)) return;
        throw new QuernException(new Fault("QN1117", "a file in the folder of the results would be replaced, and is not of an earlier run")
        {
            Where = Path.Combine(name, Name),
            Try = ["--out another folder", "rename the file"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <summary>Writes it, whole or not at all. A file without a result stands there as the CSV that it is.</summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="csvFolder">Absolute path of the CSV files.</param>
    /// <param name="folder">Absolute path of the results.</param>
    /// <param name="entries">The files.</param>
    public static void Write(string source, string csvFolder, string folder, IEnumerable<TreeEntry> entries)
    {
        var (names, tables) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new JsonArray());
        foreach (var entry in entries.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var csv = $"read_csv({Sql.File(Path.Combine(csvFolder, entry.Name))})";
            var parquet = $"read_parquet({Sql.File(Path.Combine(folder, entry.Parquet))})";
            tables.Add(new JsonObject
            {
                ["name"] = Free(TableOf(entry.Name), names),
                // Braces are for names of the table; dollars are, too, but hardly any path has one.
                ["meta"] = new JsonObject
                {
                    ["formatter"] = "template",
                    ["external_location"] = (entry.ParquetBytes is null ? csv : parquet).Replace("$", "$$", StringComparison.Ordinal),
                    ["fallback"] = csv,
                },
            });
        }
        var tree = new JsonObject
        {
            ["version"] = 2,
            ["sources"] = new JsonArray(new JsonObject { ["name"] = Plain(source), ["tables"] = tables }),
        };
        var text = new StringBuilder(Mark).Append("# Tables are read from Parquet; fallback is the CSV that each was made from.\n");
        YamlTree.Write(text, tree);
        AtomicFile.Write(Path.Combine(folder, Name), stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    static string TableOf(string name)
    {
        foreach (var (ending, _) in FileForms.Endings.OrderByDescending(e => e.Ending.Length))
        {
            if (!name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) continue;
            name = name[..^ending.Length];
            break;
        }
        return Plain(name.Replace("/", "__", StringComparison.Ordinal));
    }

    static string Plain(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? $"_{plain}" : plain;
    }

    static string Free(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 2; !taken.Add(name); i++) name = FormattableString.Invariant($"{wanted}_{i}");
        return name;
    }
}
