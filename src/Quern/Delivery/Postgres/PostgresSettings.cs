using Quern.Delivery.Postgres.Importing;
using Quern.Delivery.Postgres.Shapes;

namespace Quern.Delivery.Postgres;

/// <summary>What is asked for of a load.</summary>
sealed record PostgresSettings
{
    /// <summary>What becomes of the rows that are there.</summary>
    public LoadMode Mode { get; init; } = LoadMode.Append;

    /// <summary>Columns that tell which rows are replaced or changed. Default: none.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Of rows with the same key the first in this order is taken: what stands behind ORDER BY. Default: null, such rows are
    /// refused.</summary>
    public string? Dedupe { get; init; }

    /// <summary>Indexes of a new table: columns with commas between. Default: none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Indexes { get; init; } = [];

    /// <summary>A new table has a partition for each unit of a column. Default: null, none.</summary>
    public (string Column, PartitionUnit Unit)? Partition { get; init; }

    /// <summary>What shapes columns have in a new table. Default: none.</summary>
    public IReadOnlyDictionary<string, ShapeColumn> Shapes { get; init; } = new Dictionary<string, ShapeColumn>();

    /// <summary>Types that columns have in a new table, as SQL has them. Default: those that fit the rows.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns of the rows that the table does not get. Default: none.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Primary key of a new table. Default: none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>Leave NUL characters out of texts. Default: false, a row with one is refused.</summary>
    public bool StripNul { get; init; }

    /// <summary>Cut what is finer than a microsecond. Default: false, a row with it is refused.</summary>
    public bool CutNanos { get; init; }

    /// <summary>Leave out heights that a column has no place for. Default: false, a row with one is refused.</summary>
    public bool DropZ { get; init; }

    /// <summary>Columns that the table does not have are added to it. Default: false, they are refused.</summary>
    public bool Evolves { get; init; }

    /// <summary>How rows are sent. Default: as suits them.</summary>
    public LoadMethod Method { get; init; }

    /// <summary>Where files wait, of <see cref="LoadMethod.S3"/>. Default: null, none.</summary>
    public ImportBucket? Import { get; init; }

    /// <summary>Connections that send at once. Default: null, as the method has it.</summary>
    public int? Connections { get; init; }

    /// <summary>Rows that are sent at a time. Default: null, as the method has it.</summary>
    public int? BatchRows { get; init; }

    /// <summary>Time that all attempts may take together, from the first failure on. Default: 2 minutes.</summary>
    public TimeSpan RetryBudget { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Time that is waited for a lock of others, each time. Default: 30 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The table is made when it is not there, whatever the mode. Default: false.</summary>
    public bool MakesTable { get; init; }
}
