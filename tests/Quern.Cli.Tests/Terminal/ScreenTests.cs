using Quern.Cli.Terminal;

namespace Quern.Cli.Tests.Terminal;

public class ScreenTests
{
    [Fact]
    public void Keeps_data_and_lines_for_people_apart()
    {
        var fake = new FakeScreen();
        fake.Screen.WriteData("data");
        fake.Screen.Say("for people");
        Assert.Equal(("data\n", "for people\n"), (fake.Data, fake.Error));
    }

    [Fact]
    public void Puts_a_line_in_the_place_of_the_progress_line()
    {
        var fake = new FakeScreen(terminal: true);
        fake.Screen.Redraw("42%");
        fake.Screen.Say("a warning");
        fake.Screen.Say("another");
        Assert.Equal("\r42%\x1b[K\r\x1b[Ka warning\nanother\n", fake.Error);
    }

    [Fact]
    public void Removes_the_progress_line_once()
    {
        var fake = new FakeScreen(terminal: true);
        fake.Screen.Redraw("");
        fake.Screen.Redraw("42%");
        fake.Screen.Redraw("");
        fake.Screen.Redraw("");
        Assert.Equal("\r42%\x1b[K\r\x1b[K", fake.Error);
    }

    [Fact]
    public void Cuts_the_progress_line_so_that_it_cannot_wrap()
    {
        var fake = new FakeScreen(terminal: true, columns: 30);
        fake.Screen.Redraw(new string('x', 100));
        Assert.Equal("\r" + new string('x', 29) + "\x1b[K", fake.Error);
    }

    [Fact]
    public void Is_at_most_80_columns_wide() =>
        Assert.Equal((80, 44), (new FakeScreen(columns: 200).Screen.Width, new FakeScreen(columns: 44).Screen.Width));

    [Fact]
    public void Shows_what_the_terminal_would_obey()
    {
        var fake = new FakeScreen(terminal: true, coloured: true);
        fake.Screen.Say([new Line(Tone.Bad, "a\nb\x1b[2J", " c\rd\u009b"), new Line(Tone.Plain, "e\tf")]);
        fake.Screen.Redraw("g\nh\x1b[0m");
        Assert.Equal("\x1b[1;31ma\\x0Ab\\x1B[2J\x1b[0m c\\x0Dd\\x9B\ne\tf\n\rg\\x0Ah\\x1B[0m\x1b[K", fake.Error);
    }
}
