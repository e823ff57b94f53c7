namespace Quern.Duck;

/// <summary>DuckDB's own classes of errors (<c>duckdb_error_type</c>, 1.5.6).</summary>
public enum DuckErrorKind
{
    /// <summary>None given.</summary>
    Invalid = 0,

    /// <summary>A number does not fit.</summary>
    OutOfRange = 1,

    /// <summary>A value does not convert.</summary>
    Conversion = 2,

    /// <summary>No such type.</summary>
    UnknownType = 3,

    /// <summary>Decimal arithmetic.</summary>
    Decimal = 4,

    /// <summary>Types that do not go together.</summary>
    MismatchType = 5,

    /// <summary>Division by zero.</summary>
    DivideByZero = 6,

    /// <summary>Too big an object.</summary>
    ObjectSize = 7,

    /// <summary>A type that cannot be here.</summary>
    InvalidType = 8,

    /// <summary>Serialization.</summary>
    Serialization = 9,

    /// <summary>Transactions, conflicts included.</summary>
    Transaction = 10,

    /// <summary>DuckDB does not do this.</summary>
    NotImplemented = 11,

    /// <summary>An expression.</summary>
    Expression = 12,

    /// <summary>A table, function or schema is missing or already there.</summary>
    Catalog = 13,

    /// <summary>The text is not SQL.</summary>
    Parser = 14,

    /// <summary>Planning.</summary>
    Planner = 15,

    /// <summary>Scheduling.</summary>
    Scheduler = 16,

    /// <summary>Execution.</summary>
    Executor = 17,

    /// <summary>A constraint does not hold.</summary>
    Constraint = 18,

    /// <summary>An index.</summary>
    Index = 19,

    /// <summary>Statistics.</summary>
    Stat = 20,

    /// <summary>The connection or database is closed or broken.</summary>
    Connection = 21,

    /// <summary>The text is not SQL.</summary>
    Syntax = 22,

    /// <summary>A setting.</summary>
    Settings = 23,

    /// <summary>A name or a type does not resolve.</summary>
    Binder = 24,

    /// <summary>The network.</summary>
    Network = 25,

    /// <summary>The optimizer.</summary>
    Optimizer = 26,

    /// <summary>A null pointer.</summary>
    NullPointer = 27,

    /// <summary>Files.</summary>
    IO = 28,

    /// <summary>Interrupted.</summary>
    Interrupt = 29,

    /// <summary>The database is not usable any more.</summary>
    Fatal = 30,

    /// <summary>A mistake in DuckDB.</summary>
    Internal = 31,

    /// <summary>A function or a reader does not accept its input.</summary>
    InvalidInput = 32,

    /// <summary>The memory limit, or the limit of the temporary directory.</summary>
    OutOfMemory = 33,

    /// <summary>Not allowed.</summary>
    Permission = 34,

    /// <summary>The type of a parameter is not known yet.</summary>
    ParameterNotResolved = 35,

    /// <summary>No parameter may be here.</summary>
    ParameterNotAllowed = 36,

    /// <summary>Something depends on it.</summary>
    Dependency = 37,

    /// <summary>HTTP.</summary>
    Http = 38,

    /// <summary>An extension is not loaded.</summary>
    MissingExtension = 39,

    /// <summary>An extension could not be loaded by itself.</summary>
    Autoload = 40,

    /// <summary>A sequence.</summary>
    Sequence = 41,

    /// <summary>A setting at opening.</summary>
    InvalidConfiguration = 42,

    /// <summary>A database file is damaged.</summary>
    DataCorruption = 43,
}
