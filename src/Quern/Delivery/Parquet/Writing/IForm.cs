namespace Quern.Delivery.Parquet.Writing;

/// <summary>How a value of a chunk lies in the file.</summary>
interface IForm<TFrom, TTo>
{
    /// <summary>Both are the same bits. Default: false.</summary>
    static virtual bool IsSame => false;

    /// <summary>A whole number of 32 or 64 bits, whose steps may take less. Default: false.</summary>
    static virtual bool IsWhole => false;

    /// <summary>A floating point number. Default: false.</summary>
    static virtual bool IsReal => false;

    /// <summary>The value in the file.</summary>
    static abstract TTo Of(TFrom value);

    /// <summary>The order of values.</summary>
    static abstract bool IsLess(TTo a, TTo b);

    /// <summary>The value has no place in the order: there are no least and greatest ones then. Default: none is.</summary>
    static virtual bool IsUnordered(TTo value) => false;

    /// <summary>What the statistics say of the least value. Default: itself.</summary>
    static virtual TTo Least(TTo value) => value;

    /// <summary>What the statistics say of the greatest value. Default: itself.</summary>
    static virtual TTo Most(TTo value) => value;
}
