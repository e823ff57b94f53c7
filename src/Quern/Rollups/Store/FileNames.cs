using System.Buffers;
using System.Globalization;

namespace Quern.Rollups.Store;

/// <summary>Names of files for grains and keys, whose own names may hold anything.</summary>
sealed class FileNames
{
    const int Longest = 60;

    static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A path that was not given before: the name itself where it is a plain word.</summary>
    public string New(string folder, string name, string ending)
    {
        var word = string.Concat(name.Where(c => Plain.Contains(c)).Take(Longest));
        if (word.Length == 0) word = "unnamed";
        for (var i = 1; ; i++)
        {
            var path = i == 1 ? $"{folder}/{word}{ending}" : string.Create(CultureInfo.InvariantCulture, $"{folder}/{word}-{i}{ending}");
            if (_taken.Add(path)) return path;
        }
    }
}
