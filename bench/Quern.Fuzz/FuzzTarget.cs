using System.Text;

namespace Quern.Fuzz;

/// <summary>Something that takes any bytes, and what must hold whatever they are.</summary>
abstract class FuzzTarget : IDisposable
{
    /// <summary>Its group and name, <c>jinja/templates</c>: also the folder of its seeds.</summary>
    public abstract string Name { get; }

    /// <summary>Ending of its files.</summary>
    public abstract string Ending { get; }

    /// <summary>Pieces of its language, which mutations put in.</summary>
    public abstract IReadOnlyList<string> Tokens { get; }

    /// <summary>What nests in its language: deep inputs are made of it.</summary>
    public abstract IReadOnlyList<(string Open, string Inside, string Close)> Nesting { get; }

    /// <summary>Bytes of a mutated input; deep ones are longer. Default: 16 KiB.</summary>
    public virtual int MostBytes => 16 << 10;

    /// <summary>Bytes that a thread may allocate over one input: 64 MiB, and 1 KiB for each of its bytes.</summary>
    public static long MostAllocated(int inputBytes) => (64L << 20) + (inputBytes * 1024L);

    /// <summary>Tries an input and says how it behaved.</summary>
    /// <exception cref="BrokenPromiseException">Something did not hold; so it is when any other exception comes out.</exception>
    public abstract void Try(byte[] input, Behaviour behaviour);

    /// <summary>Frees what it works with.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The text of an input; bytes that are not UTF-8 are replaced, as when files are read.</summary>
    protected static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    /// <summary>Takes a fault that is declared: one with a code, a sentence and a place.</summary>
    protected static void Declared(QuernException error, Behaviour behaviour, string place)
    {
        var fault = error.Fault;
        // QN7013 is an exception of .NET that nobody foresaw, dressed up.
        if (fault.Code.Length != 6 || !fault.Code.StartsWith("QN", StringComparison.Ordinal) || fault.Code == "QN7013" || fault.What.Length == 0)
            throw new BrokenPromiseException($"fault {fault.Code}", $"{fault}\n{error.InnerException}");
        if (fault.Where is null || !fault.Where.Contains(place, StringComparison.Ordinal))
            throw new BrokenPromiseException($"no place {fault.Code}", fault.ToString());
        behaviour.Add(fault);
    }
}
