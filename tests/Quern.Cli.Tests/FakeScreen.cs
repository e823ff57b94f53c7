using System.Text;
using Quern.Cli.Terminal;

namespace Quern.Cli.Tests;

/// <summary>A screen whose two streams are kept.</summary>
sealed class FakeScreen
{
    readonly Func<string> _data, _error;

    public FakeScreen(bool terminal = false, bool coloured = false, int columns = 80)
    {
        var (data, error) = (new MemoryStream(), new MemoryStream());
        Screen = new Screen(data, error, terminal, coloured, () => columns);
        (_data, _error) = (() => Encoding.UTF8.GetString(data.ToArray()), () => Encoding.UTF8.GetString(error.ToArray()));
    }

    public Screen Screen { get; }

    public string Data => _data();

    public string Error => _error();
}
