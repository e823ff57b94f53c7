using System.Reflection;

namespace Quern.Projects.Library;

/// <summary>The macro files that come with Quern: the macros that projects and packages call as <c>dbt.name</c>.</summary>
static class LibraryFiles
{
    const string Prefix = "Quern.Projects.Library.Macros.";

    static readonly Lazy<IReadOnlyList<TemplateFile>> Files = new(Read);

    /// <summary>The files in ordinal order.</summary>
    public static IReadOnlyList<TemplateFile> All => Files.Value;

    static List<TemplateFile> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new List<TemplateFile>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = name[Prefix.Length..];
            files.Add(new TemplateFile(file, file, reader.ReadToEnd().Trim()));
        }
        return files;
    }
}
