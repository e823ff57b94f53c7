namespace Quern.Cli.Tests.Loading;

/// <summary>No output shows a password, however badly an address is spelled and wherever it is written.</summary>
public sealed class PasswordTests : IDisposable
{
    static readonly string[] Passwords =
        ["Zq7Xw9", "Zq7/Xw9", "Zq7?Xw9", "Zq7@Xw9", "Zq7:Xw9", "Zq7#Xw9", "Zq7%Xw9", "Zq7%2FXw9", "Zq7&Xw9", "Zq7=Xw9", "Zq7 Xw9", "Zq7'\"\\Xw9"];

    static readonly string[] Spellings =
    [
        "postgres://u:PW@127.0.0.1:1/d", "POSTGRES://u:PW@127.0.0.1:1/d", "postgresq://u:PW@127.0.0.1:1/d", "mysql://u:PW@127.0.0.1:1/d",
        "postgres:/u:PW@127.0.0.1:1/d", "postgres//u:PW@127.0.0.1:1/d", "postgres:u:PW@127.0.0.1:1/d", "postgresu:PW@127.0.0.1/d",
        "jdbc:postgresql://127.0.0.1:1/d?user=u&password=PW", "host=127.0.0.1 port=1 password=PW", "service=u:PW@127.0.0.1",
        "postgres://u:PW@127.0.0.1:x/d", "postgres://u:PW@127.0.0.1:123456/d", "postgres://u:PW@127.0.0.1:1/d?sslmod=require",
        "postgres://u:PW@127.0.0.1:1?sslmode=always", "postgres://127.0.0.1:1/d?password=PW&user=u", "postgres://127.0.0.1:1/d?user=u&pasword=PW",
        "postgres://u:PW@a,b/d", "u:PW@127.0.0.1:1/d", "//u:PW@127.0.0.1:1/d", "postgres://:PW@127.0.0.1:1/d",
    ];

    readonly Workdir _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void No_output_shows_a_password_however_an_address_is_spelled()
    {
        var shown = new List<string>();
        var turn = 0;
        foreach (var password in Passwords)
        {
            foreach (var spelling in Spellings)
            {
                var address = spelling.Replace("PW", password, StringComparison.Ordinal);
                // Each spelling meets each command with one password or another.
                var commands = Commands(address).ToList();
                Collect(commands[turn++ % commands.Count], shown);
            }
            // The host is missing: what stands behind the colon is taken for a port.
            if (!password.Contains('@', StringComparison.Ordinal)) Collect(["load", "select 1 as a", "--to", $"postgres://u:{password}/d"], shown);
        }
        Assert.Empty(shown);
    }

    [Fact]
    public void A_choice_of_models_is_no_address()
    {
        var screen = new FakeScreen();
        var surroundings = new Surroundings(_here.Folder, new Dictionary<string, string>(), TimeProvider.System, screen.Screen);
        CommandLine.Execute(["run", "-s", "tag:nightly,@orders"], surroundings);
        Assert.True(surroundings.Secrets.IsEmpty);
    }

    static IEnumerable<string[]> Commands(string address) =>
    [
        ["load", "select 1 as a", "--to", address, "--quiet"],
        ["load", "select 1 as a", $"--to={address}", "--json", "--key", "a", "--mode", "merge"],
        ["load", "select 1 as a", "--to", address, "--max-rows", "5"],
        ["load", "select 1 as a", "--too", address],
        ["bench", "load", "--to", address, "--rows", "1"],
        ["openshift", "summarize", "x", "--params-from", address, "--to", "out.duckdb"],
        ["openshift", "summarize", "x", "--to", address],
        ["convert", "x.csv", address],
        .. address.Contains(' ', StringComparison.Ordinal) ? Array.Empty<string[]>() : [["load", address, "--to", "out.csv"], [address]],
    ];

    void Collect(string[] args, List<string> shown)
    {
        var screen = new FakeScreen();
        CommandLine.Execute(args, new Surroundings(_here.Folder, new Dictionary<string, string>(), TimeProvider.System, screen.Screen));
        var output = screen.Data + screen.Error;
        Assert.NotEmpty(output);
        if (output.Contains("Zq7", StringComparison.Ordinal) || output.Contains("Xw9", StringComparison.Ordinal))
            shown.Add($"{string.Join(' ', args)}\n{output}");
    }
}
