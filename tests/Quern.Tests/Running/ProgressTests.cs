using Quern.Running;

namespace Quern.Tests.Running;

public class ProgressTests
{
    [Fact]
    public void Knows_no_part_before_bytes_are_announced() => Assert.Null(new Progress().View().Fraction);

    [Fact]
    public void Divides_bytes_done_by_bytes_known()
    {
        var progress = new Progress();
        progress.Expect(100);
        progress.Expect(300);
        progress.Advance(bytes: 100, rows: 7);
        Assert.Equal(new ProgressView(null, 100, 400, 7), progress.View());
        Assert.Equal(0.25, progress.View().Fraction);
    }

    [Fact]
    public void Never_passes_the_whole_when_a_file_grows_meanwhile()
    {
        var progress = new Progress();
        progress.Expect(100);
        progress.Advance(bytes: 133, rows: 1);
        Assert.Equal(1.0, progress.View().Fraction);
    }
}
