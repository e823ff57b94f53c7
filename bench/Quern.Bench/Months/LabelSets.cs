using System.Text;

namespace Quern.Bench.Months;

/// <summary>
/// The distinct pod label strings of a month. Each names its own app, except twins: one in twenty repeats the set before it
/// and differs in a key that is not enabled only, so that the summary must merge the two.
/// </summary>
sealed class LabelSets
{
    readonly ulong _seed;
    readonly byte[][] _texts;

    /// <param name="seed">Seed of the month.</param>
    /// <param name="count">How many.</param>
    public LabelSets(ulong seed, int count)
    {
        _seed = seed;
        _texts = new byte[count][];
        for (var i = 0; i < count; i++) _texts[i] = Encoding.UTF8.GetBytes(Text(i));
    }

    public int Count => _texts.Length;

    /// <summary>The label string, as it is in the report.</summary>
    public ReadOnlySpan<byte> this[int index] => _texts[index];

    /// <summary>The set that this one is a twin of; itself when it is none.</summary>
    public int Original(int index)
    {
        while (index > 0 && new Draw(_seed, Topic.LabelSet, ~(long)index).OneIn(20)) index--;
        return index;
    }

    /// <summary>Name of the app of a set that is no twin, such as <c>web-17</c>.</summary>
    public static string App(int original) =>
        $"{Words.Apps[original % Words.Apps.Length]}-{original}";

    // 2 to 8 keys: app, one to five of the eight, and now and then a virtual machine's name and a template hash.
    string Text(int index)
    {
        var original = Original(index);
        var draw = new Draw(_seed, Topic.LabelSet, original);
        var text = new StringBuilder("label_app:").Append(App(original));
        Span<int> keys = [0, 1, 2, 3, 4, 5, 6, 7];
        var count = 1 + draw.Below(5);
        for (var i = 0; i < count; i++)
        {
            var pick = i + draw.Below(keys.Length - i);
            (keys[i], keys[pick]) = (keys[pick], keys[i]);
            var (key, values) = Words.PodLabels[keys[i]];
            text.Append("|label_").Append(key).Append(':').Append(draw.Of<string>(values));
        }
        if (draw.OneIn(100)) text.Append(null, $"|label_vm_kubevirt_io_name:vm-{original}");
        if (draw.OneIn(3) || index != original)
            text.Append("|label_pod_template_hash:").Append(draw.Hex(9)).Append(null, $"{index:x}");
        return text.ToString();
    }
}
