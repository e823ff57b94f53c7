using System.Text;

namespace Quern.Bench.Months;

/// <summary>A namespace of the cluster: every fifth belongs to the platform, the others to teams.</summary>
sealed class Namespace
{
    /// <param name="plan">The month.</param>
    /// <param name="index">Which namespace; decides its name.</param>
    public Namespace(MonthPlan plan, int index)
    {
        var draw = new Draw(plan.Seed, Topic.Namespace, index);
        IsPlatform = index % 5 == 0;
        Name = IsPlatform ? PlatformName(index / 5) : TeamName(index - 1 - (index / 5));
        Prefix = Encoding.UTF8.GetBytes($"{Name},");
        var owner = draw.Of(Words.Teams);
        var hour = (24 * draw.Below(plan.Days)) + 15;
        Labels = index % 20 == 6
            ? new(Text(owner), Text("platform"), hour)
            : new(index % 20 == 9 ? "" : Text(owner), "", int.MaxValue);

        string Text(string owner) => $"label_kubernetes_io_metadata_name:{Name}|label_owner:{owner}";
    }

    public string Name { get; }

    /// <summary>Whether it is one of <c>openshift-*</c> and <c>kube-*</c>.</summary>
    public bool IsPlatform { get; }

    /// <summary><c>namespace,</c> of a namespace label row.</summary>
    public byte[] Prefix { get; }

    /// <summary>The namespace's label string over the month; some have none.</summary>
    public LabelHistory Labels { get; }

    static string PlatformName(int index) => index < Words.Platform.Length
        ? Words.Platform[index]
        : $"openshift-operator-{index}";

    static string TeamName(int index)
    {
        var team = Words.Teams[index % Words.Teams.Length];
        var round = index / Words.Teams.Length;
        var environment = Words.Environments[round % Words.Environments.Length];
        var again = round / Words.Environments.Length;
        return again == 0 ? $"{team}-{environment}" : $"{team}-{environment}-{again}";
    }
}
