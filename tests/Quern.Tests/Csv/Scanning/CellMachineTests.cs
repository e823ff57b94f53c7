using System.Text;
using Quern.Csv;
using Quern.Csv.Scanning;

namespace Quern.Tests.Csv.Scanning;

public sealed unsafe class CellMachineTests
{
    const int Seed = 20251121;
    const int Margin = 64;

    static readonly string[] Alphabets = ["ab,\n", "ab,\"\n", "a,\"\n \r", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa,\n\"", "\",\n"];

    [Fact]
    public void Many_bytes_at_once_leave_it_where_one_after_the_other_do()
    {
        Each((machine, text, first) =>
        {
            var slow = machine;
            for (var i = 0; i < text.Length; i++) slow.Step(first + i, 1);
            slow.Settle(first + text.Length);
            machine.Pass(first, text.Length / ByteMasks.Width);
            machine.Settle(first + text.Length);
            return (slow.State.ToString(), machine.State.ToString());
        });
    }

    [Fact]
    public void A_run_finds_the_cells_and_rows_that_steps_find()
    {
        using var index = new RowIndex(1 << 16);
        using var other = new RowIndex(1 << 16);
        Each((machine, text, first) =>
        {
            index.Clear();
            other.Clear();
            var (slow, rowStart) = (machine, 0);
            var end = machine.Run(first, 0, text.Length - ByteMasks.Width, int.MaxValue, index, ref rowStart);
            for (var at = 0; at < end; at += ByteMasks.Width)
            {
                slow.Step(first + at, ByteMasks.Width);
                Assert.Equal(Flaw.None, slow.Flaw);
                other.Add(slow.Delimiters, slow.Ends, at, 0);
            }
            machine.Settle(first + end);
            slow.Settle(first + end);
            var last = other.RowCount == 0 ? 0 : other.Cells[other.Rows[other.RowCount - 1] - 1] + 1;
            return ($"{slow.State} {slow.NonAscii != 0} {last} {Shown(other)}", $"{machine.State} {machine.NonAscii != 0} {rowStart} {Shown(index)}");
        });
    }

    delegate (string Wanted, string Found) Way(CellMachine machine, string text, byte* first);

    /// <summary>Random texts, from the beginning of a file or from the middle of a quoted cell.</summary>
    static void Each(Way way)
    {
        var random = new Random(Seed);
        for (var i = 0; i < 4_000; i++)
        {
            var alphabet = Alphabets[random.Next(Alphabets.Length)];
            var text = string.Concat(Enumerable.Range(0, ByteMasks.Width * random.Next(1, 6)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var room = new byte[text.Length + (2 * Margin)];
            Encoding.ASCII.GetBytes(text, room.AsSpan(Margin));
            var machine = new CellMachine(new CsvDialect(), forceScalar: false)
            {
                LineEnd = LineEnd.Lf,
                State = random.Next(3) == 0 ? CellState.Quoted : CellState.Start,
                IsRowStart = true,
            };
            fixed (byte* first = room)
            {
                var (wanted, found) = way(machine, text, first + Margin);
                Assert.True(wanted == found, $"seed {Seed}, text {i}: {wanted}, found {found}: {text}");
            }
        }
    }

    static string Shown(RowIndex index) =>
        string.Join(',', new ReadOnlySpan<int>(index.Cells, index.CellCount).ToArray()) + " | "
        + string.Join(',', new ReadOnlySpan<int>(index.Rows, index.RowCount).ToArray());
}
