namespace Quern.Duck;

/// <summary>Codes and names of DuckDB's classes of errors.</summary>
static class DuckErrorTable
{
    /// <summary>The stable code of a class of errors.</summary>
    public static string CodeOf(DuckErrorKind kind) => kind switch
    {
        DuckErrorKind.Parser or DuckErrorKind.Syntax => "QN9010",
        DuckErrorKind.Binder or DuckErrorKind.ParameterNotResolved or DuckErrorKind.ParameterNotAllowed or
            DuckErrorKind.UnknownType or DuckErrorKind.InvalidType or DuckErrorKind.Planner or
            DuckErrorKind.Expression => "QN9011",
        DuckErrorKind.Catalog => "QN9012",
        DuckErrorKind.Conversion or DuckErrorKind.OutOfRange or DuckErrorKind.Decimal or DuckErrorKind.MismatchType or
            DuckErrorKind.DivideByZero or DuckErrorKind.ObjectSize => "QN9013",
        DuckErrorKind.IO => "QN9014",
        DuckErrorKind.OutOfMemory => "QN9015",
        DuckErrorKind.Interrupt => "QN9016",
        DuckErrorKind.Constraint or DuckErrorKind.Index => "QN9017",
        DuckErrorKind.InvalidInput => "QN9018",
        DuckErrorKind.Transaction => "QN9019",
        DuckErrorKind.MissingExtension or DuckErrorKind.Autoload => "QN9020",
        DuckErrorKind.Permission => "QN9021",
        DuckErrorKind.Settings or DuckErrorKind.InvalidConfiguration => "QN9022",
        DuckErrorKind.NotImplemented => "QN9023",
        DuckErrorKind.Network or DuckErrorKind.Http => "QN9024",
        DuckErrorKind.Dependency or DuckErrorKind.Sequence => "QN9025",
        DuckErrorKind.DataCorruption or DuckErrorKind.Serialization => "QN9026",
        DuckErrorKind.Connection => "QN9027",
        DuckErrorKind.Internal or DuckErrorKind.Fatal or DuckErrorKind.NullPointer => "QN9090",
        _ => "QN9099",
    };

    /// <summary>The class of a name, as DuckDB spells it in its messages (src/common/exception.cpp); Invalid for any
    /// other.</summary>
    public static DuckErrorKind KindOf(string name) => name switch
    {
        "Out of Range" => DuckErrorKind.OutOfRange,
        "Conversion" => DuckErrorKind.Conversion,
        "Mismatch Type" => DuckErrorKind.MismatchType,
        "Unknown Type" => DuckErrorKind.UnknownType,
        "Decimal" => DuckErrorKind.Decimal,
        "Object Size" => DuckErrorKind.ObjectSize,
        "Invalid type" => DuckErrorKind.InvalidType,
        "Index" => DuckErrorKind.Index,
        "Data Corruption" => DuckErrorKind.DataCorruption,
        "Divide by Zero" => DuckErrorKind.DivideByZero,
        "Serialization" => DuckErrorKind.Serialization,
        "TransactionContext" => DuckErrorKind.Transaction,
        "Not implemented" => DuckErrorKind.NotImplemented,
        "Expression" => DuckErrorKind.Expression,
        "Catalog" => DuckErrorKind.Catalog,
        "Parser" => DuckErrorKind.Parser,
        "Planner" => DuckErrorKind.Planner,
        "Executor" => DuckErrorKind.Executor,
        "Constraint" => DuckErrorKind.Constraint,
        "Connection" => DuckErrorKind.Connection,
        "Syntax" => DuckErrorKind.Syntax,
        "Settings" => DuckErrorKind.Settings,
        "Binder" => DuckErrorKind.Binder,
        "Network" => DuckErrorKind.Network,
        "IO" => DuckErrorKind.IO,
        "INTERRUPT" => DuckErrorKind.Interrupt,
        "FATAL" => DuckErrorKind.Fatal,
        "INTERNAL" => DuckErrorKind.Internal,
        "Invalid Input" => DuckErrorKind.InvalidInput,
        "Out of Memory" => DuckErrorKind.OutOfMemory,
        "Permission" => DuckErrorKind.Permission,
        "Parameter Not Resolved" => DuckErrorKind.ParameterNotResolved,
        "Parameter Not Allowed" => DuckErrorKind.ParameterNotAllowed,
        "Dependency" => DuckErrorKind.Dependency,
        "HTTP" => DuckErrorKind.Http,
        "Missing Extension" => DuckErrorKind.MissingExtension,
        "Extension Autoloading" => DuckErrorKind.Autoload,
        "Sequence" => DuckErrorKind.Sequence,
        "Invalid Configuration" => DuckErrorKind.InvalidConfiguration,
        _ => DuckErrorKind.Invalid,
    };
}
