// Reads the reports as a stranger would: by header and commas, knowing nothing of how they were made but what the options
// promise. Nothing in a generated report needs quotes, so a line is its cells between commas.
using System.Buffers.Text;
using System.IO.Compression;
using Quern.Bench.Terminal;

namespace Quern.Bench.Months;

/// <summary>Compares the report files of a month with what was asked for.</summary>
/// <param name="cluster">What was asked for.</param>
/// <param name="folder">Where the files are.</param>
/// <param name="extension"><c>.csv</c> or <c>.csv.gz</c>.</param>
sealed class CsvCheck(Cluster cluster, string folder, string extension)
{
    readonly HashSet<ulong> _labelSets = [];
    readonly HashSet<ulong> _groups = [];
    readonly HashSet<ulong> _nodes = [];
    readonly HashSet<ulong> _namespaces = [];
    readonly HashSet<ulong> _pods = [];
    readonly Dictionary<ulong, ulong> _capacities = [];
    long _emptyNodes;
    long _emptyCells;

    /// <summary>Reads every file.</summary>
    /// <exception cref="BenchException">The first thing that is not as promised.</exception>
    public void Run()
    {
        var plan = cluster.Plan;
        foreach (var kind in ReportKind.All(cluster))
        {
            var rows = 0L;
            for (var i = 0; i < kind.Files; i++)
                rows += ReadFile(kind, Path.Combine(folder, plan.FileName(kind.Name, i, kind.Files) + extension));
            Out.Note($"check  {kind.Name} {rows:N0} rows");
            if (kind.Folder == "pod_usage") Expect(rows == plan.Rows, kind.Name, $"{rows} rows, not {plan.Rows}");
            else Expect(rows > 0 && rows <= kind.Rows * 2, kind.Name, $"{rows} rows");
        }
        Expect(_labelSets.Count <= plan.LabelSets, "pod_labels", $"{_labelSets.Count} distinct");
        Expect(_nodes.Count <= plan.Nodes, "node", $"{_nodes.Count} distinct");
        Expect(_namespaces.Count <= plan.Namespaces, "namespace", $"{_namespaces.Count} distinct");
        Expect(_pods.Count == cluster.Pods.Count, "pod", $"{_pods.Count} distinct, not {cluster.Pods.Count}");
        Out.Note($"check  {_pods.Count:N0} pods, {_labelSets.Count:N0} label sets, " +
            $"{_nodes.Count} nodes, {_namespaces.Count} namespaces");
        Out.Note($"check  {_groups.Count:N0} groups of day, namespace, node and label string");
        Out.Note($"check  {_emptyNodes:N0} rows without a node, {_emptyCells:N0} empty quantities");
    }

    long ReadFile(ReportKind kind, string path)
    {
        using var file = File.OpenRead(path);
        using var stream = extension == ".csv.gz" ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var header = kind.Create(0).Header;
        var columns = header.Count((byte)',') + 1;
        var buffer = new byte[4 << 20];
        var (held, lines) = (0, 0L);
        while (true)
        {
            var read = stream.Read(buffer, held, buffer.Length - held);
            if (read == 0) break;
            var text = buffer.AsSpan(0, held + read);
            for (var end = text.IndexOf((byte)'\n'); end >= 0; end = text.IndexOf((byte)'\n'))
            {
                if (lines++ == 0) Expect(text[..(end + 1)].SequenceEqual(header), path, "unknown header");
                else ReadLine(kind, text[..end], columns, path);
                text = text[(end + 1)..];
            }
            held = text.Length;
            text.CopyTo(buffer);
        }
        Expect(held == 0, path, "the last line has no end");
        return lines - 1;
    }

    void ReadLine(ReportKind kind, ReadOnlySpan<byte> line, int columns, string path)
    {
        Span<Range> cells = stackalloc Range[columns];
        var count = 0;
        foreach (var cell in line.Split((byte)','))
        {
            Expect(count < columns, path, "a line with too many cells");
            cells[count++] = cell;
        }
        Expect(count == columns, path, "a line with too few cells");
        CheckTime(line[cells[2]], path);
        if (kind.Folder == "pod_usage") ReadPod(line, cells, path);
    }

    void CheckTime(ReadOnlySpan<byte> start, string path)
    {
        var ok = Utf8Parser.TryParse(start[..4], out int year, out _)
            & Utf8Parser.TryParse(start[5..7], out int month, out _)
            & Utf8Parser.TryParse(start[8..10], out int day, out _);
        var plan = cluster.Plan;
        ok &= year == plan.Month.Year && month == plan.Month.Month && day >= 1 && day <= plan.Days;
        Expect(ok && start.EndsWith(":00:00 +0000 UTC"u8), path, "interval_start outside the month");
    }

    void ReadPod(ReadOnlySpan<byte> line, ReadOnlySpan<Range> cells, string path)
    {
        var node = line[cells[6]];
        _pods.Add(Hash(Hash(0, line[cells[4]]), line[cells[5]]));
        _namespaces.Add(Hash(0, line[cells[5]]));
        _labelSets.Add(Hash(0, line[cells[18]]));
        var dayNode = Hash(Hash(0, line[cells[2]][..10]), node);
        _groups.Add(Hash(Hash(dayNode, line[cells[5]]), line[cells[18]]));
        for (var i = 8; i < 18; i++)
        {
            var cell = line[cells[i]];
            var number = Utf8Parser.TryParse(cell, out double _, out var used) && used == cell.Length;
            Expect(number || cell.IsEmpty, path, "not a number");
            if (cell.IsEmpty) _emptyCells++;
        }
        if (node.IsEmpty)
        {
            _emptyNodes++;
            return;
        }
        _nodes.Add(Hash(0, node));
        var capacity = Hash(0, line[cells[14].Start..cells[17].End]);
        var nodeHour = Hash(Hash(0, line[cells[2]]), node);
        if (!_capacities.TryAdd(nodeHour, capacity))
            Expect(_capacities[nodeHour] == capacity, path, "capacity differs within a node and hour");
    }

    // FNV-1a with a final mix; a collision of 64 bits among millions is not to be expected.
    static ulong Hash(ulong hash, ReadOnlySpan<byte> text)
    {
        hash ^= 14695981039346656037;
        foreach (var one in text) hash = (hash ^ one) * 1099511628211;
        return Draw.Mix(hash);
    }

    static void Expect(bool condition, string where, string what)
    {
        if (!condition) throw new BenchException($"check failed: {where}: {what}");
    }
}
