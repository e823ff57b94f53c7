using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>A YAML file that describes resources.</summary>
/// <param name="Package">Its package.</param>
/// <param name="File">Path from the package's folder.</param>
/// <param name="PathInRoot">Path from the model, seed or other path it was found in.</param>
/// <param name="Root">What is in it; null for nothing.</param>
sealed record PropertiesFile(Package Package, string File, string PathInRoot, YamlMap? Root)
{
    /// <summary>Package and folders, as the paths of what it defines begin.</summary>
    public List<string> Prefix => [Package.Name, .. PathInRoot.Split('/')[..^1]];

    /// <summary>A place in it as errors show it.</summary>
    public string Place(YamlNode at) => YamlText.Place(Shown, at.Line, at.Column);

    /// <summary>The file as errors call it: from its package, which is named when it is not the root.</summary>
    public string Shown => File;
}
