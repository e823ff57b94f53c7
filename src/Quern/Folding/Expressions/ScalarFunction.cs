namespace Quern.Folding.Expressions;

/// <summary>Functions of values. Names and results are those of the engine.</summary>
enum ScalarFunction
{
    /// <summary>+</summary>
    Add,

    /// <summary>-</summary>
    Subtract,

    /// <summary>*</summary>
    Multiply,

    /// <summary>/, of whole numbers too a DOUBLE; by 0 NULL.</summary>
    Divide,

    /// <summary>//, of whole numbers; by 0 NULL.</summary>
    DivideWhole,

    /// <summary>%, by 0 NULL.</summary>
    Remainder,

    /// <summary>The contrary of a number.</summary>
    Negate,

    /// <summary>||: NULL when one is NULL.</summary>
    Concat,

    /// <summary>The text in small letters.</summary>
    Lower,

    /// <summary>The text in capitals.</summary>
    Upper,

    /// <summary>The first that is not NULL.</summary>
    Coalesce,

    /// <summary>NULL when both are equal, else the first.</summary>
    NullIf,

    /// <summary>The number without its sign.</summary>
    Absolute,

    /// <summary>The greatest whole number that is not greater.</summary>
    Floor,

    /// <summary>Characters of a text.</summary>
    Length,
}
