using System.Globalization;
using System.Text.Unicode;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;
using Quern.Duck;

namespace Quern.Delivery.Sqlite.Reading;

/// <summary>A table of a SQLite database as the engine sees it; its rows come in the order in which SQLite gives them.</summary>
/// <param name="read">The table.</param>
sealed class SqliteRelation(SqliteTableRead read) : TableSource
{
    /// <inheritdoc/>
    public override Schema Schema { get; } = read.Schema;

    /// <inheritdoc/>
    public override TableScan Scan(IReadOnlyList<int> columns) => new Pass(read, [.. columns.Select(i => read.Columns[i])]);

    sealed class Pass(SqliteTableRead read, IReadOnlyList<DeclaredColumn> columns) : TableScan
    {
        public override TableReader Open() => new Reader(read, columns);
    }

    /// <summary>One statement, and so one state of the database.</summary>
    sealed class Reader : TableReader
    {
        /// <summary>Whole numbers up to here are doubles (IEEE 754, 53 bits).</summary>
        const long MostExact = 1L << 53;
        const int MostShown = 40;

        readonly SqliteTableRead _read;
        readonly IReadOnlyList<DeclaredColumn> _columns;
        readonly TypeKind[] _kinds;
        readonly SqliteConnection _connection;
        readonly SqliteStatement _rows;
        long _given;
        bool _isDone;

        public Reader(SqliteTableRead read, IReadOnlyList<DeclaredColumn> columns)
        {
            (_read, _columns, _kinds) = (read, columns, [.. columns.Select(c => c.Type.Kind)]);
            (_connection, _rows) = SqliteTableRead.Guard(read.Name, Start);
        }

        public override void Fill(ChunkWriter output) => SqliteTableRead.Guard(_read.Name, () =>
        {
            var row = 0;
            for (; row < Chunk.Capacity && !_isDone; row++)
            {
                if (!_rows.Step())
                {
                    _isDone = true;
                    break;
                }
                for (var i = 0; i < _kinds.Length; i++) Write(output[i], row, i);
                _given++;
            }
            output.Rows = row;
            return true;
        });

        public override void Dispose()
        {
            _rows.Dispose();
            _connection.Dispose();
            base.Dispose();
        }

        (SqliteConnection, SqliteStatement) Start()
        {
            var connection = SqliteTableRead.Open(_read.Path);
            try
            {
                var selected = _columns.Select(c => SqliteName.Of(c.Name)).Append(_read.RowNumber ?? "0");
                return (connection, connection.Prepare($"select {string.Join(", ", selected)} from {SqliteName.Of(_read.Table)}"));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        void Write(VectorWriter to, int row, int column)
        {
            var found = _rows.Type(column);
            switch (_kinds[column], found)
            {
                case (_, SqliteApi.TypeNull):
                    to.SetNull(row);
                    break;
                case (TypeKind.BigInt, SqliteApi.TypeInteger):
                    to.Values<long>()[row] = _rows.Number(column);
                    break;
                case (TypeKind.Boolean, SqliteApi.TypeInteger) when _rows.Number(column) is 0 or 1:
                    to.Values<byte>()[row] = (byte)_rows.Number(column);
                    break;
                case (TypeKind.Double, SqliteApi.TypeReal):
                case (TypeKind.Double, SqliteApi.TypeInteger) when _rows.Number(column) is >= -MostExact and <= MostExact:
                    to.Values<double>()[row] = _rows.Real(column);
                    break;
                case (TypeKind.Varchar, SqliteApi.TypeText):
                case (TypeKind.Varchar, SqliteApi.TypeInteger or SqliteApi.TypeReal) when _columns[column].IsAny:
                    var text = _rows.Utf8(column);
                    if (!Utf8.IsValid(text)) throw Unfit(column, $"a text that is not UTF-8: {Convert.ToHexString(text[..Math.Min(text.Length, MostShown)])}");
                    to.SetCheckedText(row, text);
                    break;
                case (TypeKind.Blob, SqliteApi.TypeBlob):
                    to.SetText(row, _rows.Blob(column));
                    break;
                default:
                    throw Unfit(column, Shown(column, found));
            }
        }

        QuernException Unfit(int column, string value) =>
            SqliteReadFaults.Unfit(_read, _columns[column], _read.RowNumber is null ? _given + 1 : _rows.Number(_columns.Count), value);

        string Shown(int column, int type) => type switch
        {
            SqliteApi.TypeInteger => string.Create(CultureInfo.InvariantCulture, $"the whole number {_rows.Number(column)}"),
            SqliteApi.TypeReal => string.Create(CultureInfo.InvariantCulture, $"the number {_rows.Real(column)}"),
            SqliteApi.TypeText => $"the text \"{Short(_rows.Text(column)!)}\"",
            _ => $"a blob of {_rows.Blob(column).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes",
        };

        static string Short(string text) => text.Length > MostShown ? text[..MostShown] + "..." : text;
    }
}
