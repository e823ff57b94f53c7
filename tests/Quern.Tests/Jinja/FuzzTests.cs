using System.Text.Json;
using Quern.Jinja;

namespace Quern.Tests.Jinja;

/// <summary>
/// Whatever a template says, it renders or gives an error that names its place: it never crashes or hangs.
/// </summary>
public class FuzzTests
{
    const int Rounds = 20_000;

    static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", "{{-", "-}}", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "|",
        ".", ",", ":", "=", "==", "+", "-", "*", "**", "/", "//", "%", "~", "<", " if ", " else ", " for ", " in ", " is ",
        " not ", " and ", " set ", " endset ", " macro ", " endmacro ", " endfor ", " endif ", " call ", " endcall ",
        " block ", " endblock ", " filter ", " raw ", " endraw ", " include ", " extends ", " recursive ", " loop ", " self ",
        " caller ", " varargs ", " kwargs ", "x", "y", "rows", "1", "0", "2.5", "1e9", "99999999999", "none", "true", "\n",
        "range(9)", "namespace()", "__class__", "😀", "é", "\r\n", "\t", "append", "items()", "join", "map", "sort", "tojson",
    ];

    static readonly string[] Seeds = ReadSeeds();

    [Fact]
    public void Survives_mutated_templates()
    {
        var random = new Random(20240229);
        for (var i = 0; i < Rounds; i++) Try(Mutate(random, Seeds[random.Next(Seeds.Length)]));
    }

    [Fact]
    public void Survives_random_pieces()
    {
        var random = new Random(42);
        for (var i = 0; i < Rounds; i++)
            Try("{{ " + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)])) + " }}");
    }

    [Fact]
    public void Survives_mutated_macro_files()
    {
        var environment = Make();
        var random = new Random(7);
        for (var i = 0; i < Rounds / 4; i++)
        {
            var text = Mutate(random, "text {% macro a(x) %}" + Seeds[random.Next(Seeds.Length)] + "{% endmacro %} {% other %}");
            try
            {
                environment.ParseBlocks(text, "f.sql");
            }
            catch (QuernException e)
            {
                Assert.StartsWith("f.sql:", e.Fault.Where, StringComparison.Ordinal);
            }
        }
    }

    static void Try(string text)
    {
        var environment = Make();
        var names = Run.Names(
            ("x", 3), ("y", "text"), ("rows", new List<object?> { 1L, "b", null, new List<object?> { 2.5 } }));
        try
        {
            environment.Parse(text, "f.sql").Render(names, TestContext.Current.CancellationToken);
        }
        catch (QuernException e)
        {
            // QN7013 would be an exception of ours that is no template error.
            Assert.True(e.Fault.Code is not "QN7013", $"{text}\n{e}");
            Assert.True(e.Fault.Where is not null, $"{text}\n{e}");
        }
        catch (Exception e)
        {
            Assert.Fail($"{text}\n{e}");
        }
    }

    static TemplateEnvironment Make() => new()
    {
        Limits = new Limits { Steps = 50_000, MemoryBytes = 4 << 20, CallDepth = 60, RangeItems = 10_000 },
        Load = name => name.Length < 4 ? "{{ x }}" : null,
    };

    static string Mutate(Random random, string text)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(6), text.Length - at);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]),
                3 => text.Insert(at, text.Substring(at, length)),
                _ => text.Insert(at, Seeds[random.Next(Seeds.Length)]),
            };
        }

        return text;
    }

    static string[] ReadSeeds()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Cases/jinja");
        return
        [
            .. new[] { "cases.json", "language.json" }
                .SelectMany(file => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)))
                    .RootElement.GetProperty("cases").EnumerateArray())
                .Select(item => item.GetProperty("template").GetString()!),
        ];
    }
}
