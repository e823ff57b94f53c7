using Quern.Chunks;

namespace Quern.Folding.Expressions;

/// <summary>Settles the types of functions and operators.</summary>
/// <param name="binder">Binds their arguments.</param>
readonly struct CallBinder(Binder binder)
{
    /// <summary>Binds a function.</summary>
    /// <exception cref="QuernException">QN7531, QN7532, QN7534.</exception>
    public BoundExpression Bind(CallTerm call)
    {
        var of = binder;
        var arguments = call.Arguments.Select(of.Part).ToList();
        return new(new CallTerm(call.Function, [.. arguments.Select(a => a.Tree)]), TypeOf(call, arguments));
    }

    LogicalType TypeOf(CallTerm call, List<BoundExpression> arguments)
    {
        switch (call.Function)
        {
            case ScalarFunction.Add or ScalarFunction.Subtract or ScalarFunction.Multiply or ScalarFunction.Remainder:
                return Numbers.Of(call.Function, Number(call, arguments, 0), Number(call, arguments, 1))
                    ?? throw binder.Wrong(call, "numbers whose result has at most 38 digits");
            case ScalarFunction.Divide:
                Number(call, arguments, 0);
                Number(call, arguments, 1);
                return LogicalType.Of(TypeKind.Double);
            case ScalarFunction.DivideWhole:
                Whole(call, arguments, 0);
                Whole(call, arguments, 1);
                return LogicalType.Of(TypeKind.BigInt);
            case ScalarFunction.Negate or ScalarFunction.Absolute:
                return Widened(Number(call, arguments, 0));
            case ScalarFunction.Floor:
                var number = Widened(Number(call, arguments, 0));
                return number.Kind == TypeKind.Decimal ? LogicalType.Decimal(number.Precision, 0) : number;
            case ScalarFunction.Concat:
                for (var i = 0; i < arguments.Count; i++)
                {
                    if (TypeClasses.Of(arguments[i].Type) is TypeClass.Real or TypeClass.Moment or TypeClass.Other)
                        throw binder.Wrong(call.Arguments[i], "texts, whole numbers or days");
                }
                return LogicalType.Of(TypeKind.Varchar);
            case ScalarFunction.Lower or ScalarFunction.Upper or ScalarFunction.Length:
                if (TypeClasses.Of(arguments[0].Type) is not (TypeClass.Text or TypeClass.Nothing)) throw binder.Wrong(call.Arguments[0], "texts");
                return LogicalType.Of(call.Function == ScalarFunction.Length ? TypeKind.BigInt : TypeKind.Varchar);
            case ScalarFunction.NullIf:
                binder.Common(arguments, call);
                return arguments[0].Type;
            default:
                return binder.Common(arguments, call);
        }
    }

    LogicalType Number(CallTerm call, List<BoundExpression> arguments, int i)
    {
        var type = arguments[i].Type;
        return TypeClasses.IsNumber(TypeClasses.Of(type)) ? type : throw binder.Wrong(call.Arguments[i], "numbers");
    }

    void Whole(CallTerm call, List<BoundExpression> arguments, int i)
    {
        if (TypeClasses.Of(arguments[i].Type) != TypeClass.Whole) throw binder.Wrong(call.Arguments[i], "whole numbers");
    }

    static LogicalType Widened(LogicalType type) => TypeClasses.Of(type) switch
    {
        TypeClass.Whole => LogicalType.Of(TypeKind.BigInt),
        TypeClass.Real => LogicalType.Of(TypeKind.Double),
        _ => type,
    };
}
