namespace Quern.Jinja.Values;

/// <summary>
/// An object that templates can see. Everything is off unless overridden: a template reaches only what these members
/// hand out, never the .NET object behind them. Values handed out may be anything <see cref="Value.From"/> takes.
/// </summary>
public abstract class TemplateObject
{
    /// <summary>The type's name in error messages. Default: <c>object</c>.</summary>
    public virtual string TypeName => "object";

    /// <summary>Truth in <c>if</c>. Default: not empty when it has a <see cref="Length"/>, else true.</summary>
    public virtual bool IsTrue => Length != 0;

    /// <summary>What <c>| length</c> says; null when it has no length (the default).</summary>
    public virtual int? Length => null;

    /// <summary>What <c>for</c> walks over; null when it cannot be walked (the default).</summary>
    public virtual IEnumerable<object?>? Items => null;

    /// <summary>Whether <see cref="Call"/> works. Default: false.</summary>
    public virtual bool IsCallable => false;

    /// <summary>Whether it counts as a mapping: walking it yields keys. Default: false.</summary>
    public virtual bool IsMapping => false;

    /// <summary>Finds <c>value.name</c>; false when there is no such attribute.</summary>
    public virtual bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Finds <c>value[key]</c>; false when there is no such item.</summary>
    public virtual bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Takes <c>{% set value.name = ... %}</c>; false when it cannot be set.</summary>
    public virtual bool TrySetAttribute(string name, object? value) => false;

    /// <summary>Answers <c>value(...)</c>. Throws a <see cref="QuernException"/> for arguments it cannot use.</summary>
    public virtual object? Call(Arguments arguments) =>
        throw TemplateFailure.Type($"'{TypeName}' object is not callable");

    /// <summary>
    /// Answers an operator (<c>+ - * / // % **</c>) with this value on the left, or on the right when
    /// <paramref name="reversed"/>; false when the operator does not apply.
    /// </summary>
    public virtual bool TryOperate(string symbol, object? other, bool reversed, out object? result)
    {
        result = null;
        return false;
    }

    /// <summary>
    /// Orders this value before (negative) or after (positive) another; null when they have no order.
    /// </summary>
    public virtual int? CompareWith(object? other) => null;

    /// <summary>The text inside a printed list or dict. Default: as <c>ToString</c>.</summary>
    public virtual string Represent() => ToString();

    /// <summary>The text that <c>{{ value }}</c> prints.</summary>
    public override string ToString() => $"<{TypeName}>";
}
