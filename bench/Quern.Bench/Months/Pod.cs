using System.Text;

namespace Quern.Bench.Months;

/// <summary>A pod: where and when it ran, what it asked for, and the parts of its rows that do not change.</summary>
sealed class Pod
{
    // Core seconds an hour of a request in thousandths of a core; 0 asks for nothing.
    static readonly int[] RequestMillis = [0, 10, 50, 100, 100, 250, 250, 500, 1000, 2000, 4000];
    static readonly int[] RequestMebibytes = [0, 32, 64, 128, 256, 256, 512, 1024, 2048, 4096, 8192];

    /// <summary>Position in the month, by which its random numbers are drawn.</summary>
    public required int Index { get; init; }

    public required Namespace Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>First hour of the month in which it has a row.</summary>
    public required int Start { get; init; }

    /// <summary>Hour after its last row.</summary>
    public required int End { get; init; }

    /// <summary>The node it starts on.</summary>
    public required Node First { get; init; }

    /// <summary>The node it moves to; <see cref="First"/> for most.</summary>
    public required Node Second { get; init; }

    /// <summary>Hour of the move; <see cref="int.MaxValue"/> for most.</summary>
    public required int MoveHour { get; init; }

    /// <summary>Hour from which it has a node: before that it waits to be scheduled.</summary>
    public required int ScheduledHour { get; init; }

    /// <summary>First label set of the pod's workload.</summary>
    public required int Workload { get; init; }

    /// <summary><c>pod,namespace,</c> of a pod row.</summary>
    public required byte[] Identity { get; init; }

    /// <summary><c>namespace,pod,</c> of a storage row.</summary>
    public required byte[] StorageIdentity { get; init; }

    /// <summary><c>request,limit,</c> in core seconds.</summary>
    public byte[] CpuAsked { get; private set; } = [];

    /// <summary><c>request,limit,</c> in byte seconds.</summary>
    public byte[] MemoryAsked { get; private set; } = [];

    /// <summary>Usage at an average hour, in thousandths of a core second.</summary>
    public long CpuMilliseconds { get; private set; }

    /// <summary>Usage at an average hour, in byte seconds.</summary>
    public long MemoryByteSeconds { get; private set; }

    /// <summary>The node of an hour, scheduled or not.</summary>
    public Node NodeAt(int hour) => hour < MoveHour ? First : Second;

    /// <summary>Draws what the pod asks for and what it uses: a tenth of the request to about twice of it.</summary>
    public void Size(ref Draw draw)
    {
        var millis = draw.Of<int>(RequestMillis);
        var mebibytes = draw.Of<int>(RequestMebibytes);
        CpuMilliseconds = Used(millis == 0 ? 20 : millis, ref draw) * 3600;
        MemoryByteSeconds = (Used(mebibytes == 0 ? 48 : mebibytes, ref draw) * 3600) << 20;
        // Requests come from a ratio of samples at times and then have the 16 digits that such a ratio leaves.
        var tail = draw.OneIn(6) ? $".{draw.Below(1_000_000):D6}{draw.Below(1_000_000):D6}" : "";
        CpuAsked = Cells(Seconds(millis) + tail, millis, Seconds(millis * 2L), ref draw);
        MemoryAsked = Cells(
            $"{((long)mebibytes << 20) * 3600}",
            mebibytes,
            $"{((long)mebibytes << 21) * 3600}",
            ref draw);

        static string Seconds(long millis) => $"{millis * 36 / 10}";
    }

    static long Used(int asked, ref Draw draw) => 1 + ((long)asked * (100 + draw.Below(1900)) / 1000);

    // One pod in four has no limit.
    static byte[] Cells(string request, int asked, string limit, ref Draw draw) =>
        Encoding.UTF8.GetBytes(asked == 0 ? "0,0," : draw.OneIn(4) ? $"{request},0," : $"{request},{limit},");
}
