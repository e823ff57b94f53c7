using System.Numerics;
using Quern.Jinja.Values;

namespace Quern.Jinja.Methods;

/// <summary>The methods of built-in values by name. What is not listed here does not exist for templates.</summary>
static class MethodTable
{
    public static Method? Find(object target, string name) => target switch
    {
        string => TextMethodTable.Find(name),
        List<object?> => ListMethods.Find(name),
        Dict => DictMethods.Find(name),
        TupleValue => ListMethods.FindForTuple(name),
        long or bool or BigInteger or double or decimal => NumberMethods.Find(target, name),
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => MomentMethods.Find(target, name),
        _ => null,
    };
}
