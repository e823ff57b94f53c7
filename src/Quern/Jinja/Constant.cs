using Quern.Jinja.Tree;
using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>An argument as it stands in a template: a value written out, or something to compute.</summary>
/// <param name="IsKnown">Whether the value is written out.</param>
/// <param name="Value">The value; null when not known.</param>
public sealed record Constant(bool IsKnown, object? Value)
{
    static readonly Constant Unknown = new(false, null);

    internal static Constant Of(Expression expression) =>
        TryRead(expression, out var value) ? new Constant(true, value) : Unknown;

    /// <summary>Reads an expression made of literals only.</summary>
    internal static bool TryRead(Expression expression, out object? value)
    {
        value = null;
        switch (expression)
        {
            case Literal literal:
                value = literal.Value;
                return true;
            case Sign sign when TryRead(sign.Operand, out var operand) && Values.Value.IsNumber(operand):
                value = sign.IsNegative ? Number.Negate(operand!) : operand;
                return true;
            case SequenceLiteral sequence:
                var items = new object?[sequence.Items.Length];
                for (var i = 0; i < items.Length; i++)
                    if (!TryRead(sequence.Items[i], out items[i])) return false;
                value = sequence.IsTuple ? new TupleValue(items) : new List<object?>(items);
                return true;
            case DictLiteral literal:
                var dict = new Dict();
                foreach (var (key, item) in literal.Entries)
                {
                    if (!TryRead(key, out var name) || !TryRead(item, out var content)) return false;
                    if (name is List<object?> or Dict) return false;
                    dict[name] = content;
                }

                value = dict;
                return true;
            default:
                return false;
        }
    }
}
