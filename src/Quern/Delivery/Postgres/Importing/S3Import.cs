using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Quern.Chunks;
using Quern.Delivery.Postgres.Binary;
using Quern.Delivery.Postgres.Copying;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Importing;

/// <summary>Sends rows by way of S3: files of COPY BINARY are put into a bucket, and the server imports each by itself, with the functions
/// of aws_s3 (Amazon RDS and Aurora, "Importing data from Amazon S3 into a PostgreSQL DB instance").</summary>
/// <remarks>The import belongs to the session's transaction: nothing of it stays when that fails. An object is removed once it is imported,
/// also when that failed; what a killed load leaves is removed by a later one. The server reads the bucket by a role of its own.</remarks>
/// <param name="session">Where; in a transaction.</param>
/// <param name="into">The staging table.</param>
/// <param name="columns">Its columns, quoted.</param>
/// <param name="encoder">Writes rows.</param>
/// <param name="bucket">Where files wait.</param>
/// <param name="folder">Absolute path of a folder for the file that is being written.</param>
sealed class S3Import(PostgresSession session, TargetName into, string columns, RowEncoder encoder, ImportBucket bucket, string folder)
{
    const int BufferBytes = 1 << 20;

    /// <summary>A file has about as many bytes, which is the space that temporary files take: 256 MiB.</summary>
    const long MostBytes = 256 << 20;

    Chunk? _chunk;
    int _row;
    long _first;

    /// <summary>A file has at most as many rows. Default: no limit.</summary>
    public int MostRows { get; init; } = int.MaxValue;

    /// <summary>Told of a row that does not fit, in place of ending; it throws when no more are to be set aside.</summary>
    public Action<RefusedRow>? Refuse { get; init; }

    /// <summary>Names of the columns, for messages.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Rows that were read, imported or not.</summary>
    public long Read { get; private set; }

    /// <summary>Rows that the server has imported.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether the server can import; the reason when it cannot.</summary>
    public static string? WhyNot(PostgresSession session) => session.Number(
        """
        select count(*)::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where (n.nspname, p.proname) in (('aws_s3', 'table_import_from_s3'), ('aws_commons', 'create_s3_uri'))
        """) >= 2
        ? null
        : "the extension aws_s3 is not there";

    /// <summary>Sends all rows of a result.</summary>
    /// <exception cref="RefusedRowException">A row does not fit.</exception>
    /// <exception cref="QuernException">QN7421 the server has no such function, QN7422 it imported another number of rows; what S3
    /// says.</exception>
    public void Run(DuckResult rows, CancellationToken cancel)
    {
        if (WhyNot(session) is { } why) throw Unable(why);
        bucket.RemoveLeftovers(cancel);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"quern-import-{Guid.NewGuid():N}");
        var stem = string.Create(CultureInfo.InvariantCulture, $"{bucket.Stem}{into.Table}-{RandomNumberGenerator.GetHexString(8, true)}/");
        try
        {
            for (var part = 0; ; part++)
            {
                _first = Read;
                var (count, isLast) = Encode(rows, path, cancel);
                if (count > 0)
                    Import(string.Create(CultureInfo.InvariantCulture, $"{stem}part-{part:D5}.bin"), path, count, cancel);
                if (isLast) return;
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes a file of the rows that come next.</summary>
    (long Rows, bool IsLast) Encode(DuckResult rows, string path, CancellationToken cancel)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        var buffer = new CopyBuffer(BufferBytes + (BufferBytes / 4));
        buffer.Write(CopyStatement.Header);
        var count = 0L;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (_chunk is null || _row == _chunk.Rows)
            {
                (_chunk, _row) = (rows.Next(), 0);
                if (_chunk is not null) encoder.Begin(_chunk.Memory);
            }
            for (; _chunk is not null && _row < _chunk.Rows && buffer.Length < BufferBytes && count < MostRows; _row++, Read++)
            {
                if (encoder.Write(buffer, _row) is { } bad) Aside(bad.Why, bad.Column);
                else count++;
            }
            if (buffer.Length < BufferBytes && count < MostRows && _chunk is not null) continue;
            file.Write(buffer.Bytes);
            buffer.Cut(0);
            if (_chunk is not null && file.Position < MostBytes && count < MostRows) continue;
            file.Write(CopyStatement.Trailer);
            return (count, _chunk is null);
        }
    }

    void Import(string key, string path, long count, CancellationToken cancel)
    {
        try
        {
            bucket.Store.Put(key, path, cancel).GetAwaiter().GetResult();
            var said = session.Text(
                "select aws_s3.table_import_from_s3($1, $2, '(format binary)', aws_commons.create_s3_uri($3, $4, $5))",
                into.Sql, columns, bucket.Name, key, bucket.Region) ?? "";
            // "100 rows imported into relation ...": a sentence, which begins with the number.
            var digits = said.AsSpan(0, Math.Max(0, said.AsSpan().IndexOfAnyExceptInRange('0', '9')));
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var imported) || imported != count)
                throw Other(said, count);
            Taken += imported;
        }
        catch (PostgresException e) when (CopyLane.IsAboutRow(e))
        {
            var (row, column) = CopyStatement.Place(e);
            // Where rows were set aside, those of the file are not those that were read.
            var number = row < 0 || Read - _first != count ? -1 : _first + row;
            throw new RefusedRowException(CopyLane.Refused(e, number, column), e);
        }
        finally
        {
            bucket.Remove(key);
        }
    }

    void Aside(UnfitException why, int column)
    {
        var refused = new RefusedRow(Read, Names[column], why.Code, why.Message, why.Wanted, why.Try);
        if (Refuse is null) throw new RefusedRowException(refused);
        Refuse(refused);
    }

    static QuernException Unable(string why) => new(new Fault("QN7421", "the database cannot import from S3")
    {
        Where = "--method s3",
        Value = why,
        Try =
        [
            "create extension aws_s3 cascade;     on Amazon RDS and Aurora",
            "--method copy     sends rows over the connection, which is faster",
        ],
        ExitCode = ExitCode.Usage,
    });

    static QuernException Other(string said, long count) => new(
        new Fault("QN7422", "the database imported another number of rows than were staged")
        {
            Where = "--method s3",
            Value = said,
            Wanted = string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows"),
            Try = ["run again: the table is as it was"],
        });
}
