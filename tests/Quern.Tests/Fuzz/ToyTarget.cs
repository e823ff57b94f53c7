using System.Text;
using Quern.Fuzz;

namespace Quern.Tests.Fuzz;

/// <summary>A target that does what a test says.</summary>
sealed class ToyTarget(Action<string> act) : FuzzTarget
{
    public override string Name => "toy/toy";

    public override string Ending => ".txt";

    public override IReadOnlyList<string> Tokens => ["a", "b(", "c"];

    public override IReadOnlyList<(string Open, string Inside, string Close)> Nesting => [("(", "x", ")")];

    public override void Try(byte[] input, Behaviour behaviour)
    {
        var text = Encoding.UTF8.GetString(input);
        behaviour.Add("length", Behaviour.Bucket(text.Length));
        try
        {
            act(text);
        }
        catch (QuernException error)
        {
            Declared(error, behaviour, "toy");
        }
    }
}
