using Quern.Converting;
using Quern.Converting.Sources;
using Quern.Csv;
using Quern.Csv.Rejects;
using Quern.Delivery;
using Quern.Duck;
using Quern.Running;

namespace Quern.Loading;

/// <summary>Sets rows aside that the destination refuses: in the file where the reader of CSV puts those that it cannot read.</summary>
/// <remarks>While rows are sent, only their numbers are kept; once the load is over, they are read again with their places. So a
/// source that comes only once cannot have rows set aside here.</remarks>
/// <param name="rejects">The file.</param>
/// <param name="source">What is read.</param>
sealed class LoadRejects(CsvRejects rejects, Source source) : RefusedRows, IDisposable
{
    readonly List<(long Number, string? Column, string Code, string Message)> _rows = [];
    readonly Lock _lock = new();
    bool _isSettled;
    long _settled;

    /// <summary>Rows of a source that is no file, as a request asks for it; null when it does not.</summary>
    /// <exception cref="QuernException">QN1005: the limit is none.</exception>
    public static LoadRejects? Of(LoadRequest request, Source source) => request.Rejects is null && request.MaxRejects is null
        ? null
        : new LoadRejects(SourceFinder.Rejects(Conversion(request)), source);

    /// <summary>Checks what a request asks for, where the source is no file.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1005 the limit is none; QN1111 the file lies in the output.</exception>
    public static void Check(LoadRequest request, Destination destination)
    {
        using var source = new RelationSource("", "", isTable: true);
        Of(request, source)?.Dispose();
        InputGuard.Check(Conversion(request), source, destination.IsFile ? destination : null);
    }

    /// <summary>The reader of CSV writes into the same file, and counts what stands there.</summary>
    public bool IsShared => source.Rejects == rejects;

    /// <inheritdoc/>
    public override long Rows
    {
        get
        {
            lock (_lock) return _rows.Count;
        }
    }

    /// <inheritdoc/>
    public override void Add(long number, string? column, string code, string message)
    {
        if (!source.ComesAgain)
        {
            throw new QuernException(new Fault("QN2019", "an input that comes only once would have to be read twice")
            {
                Where = "standard input",
                Value = message,
                Wanted = "a file, so that a row that the database refuses can be set aside",
                Try = ["write it to a file first, and load that"],
            });
        }
        lock (_lock) _rows.Add((number, column, code, message));
        rejects.CheckLimit(Rows);
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        lock (_lock) _rows.Clear();
    }

    /// <summary>Reads the rows again and puts them into the file.</summary>
    public void Settle(DuckDatabase database)
    {
        if (_isSettled) return;
        _isSettled = true;
        // What comes only once is not opened again to find none.
        if (_rows.Count == 0) return;
        _rows.Sort((a, b) => a.Number.CompareTo(b.Number));
        foreach (var (row, place) in _rows.Zip(source.Places(database, [.. _rows.Select(r => r.Number)])))
        {
            var reject = new CsvReject(new CsvFile(place.Path, place.Name), place.Byte ?? -1, place.Line, row.Column, row.Code, row.Message);
            rejects.Put(reject, place.Raw.Span);
            _settled++;
        }
    }

    /// <summary>Fails unless each row that was refused is in the file.</summary>
    /// <exception cref="QuernException">QN7480: the source has fewer rows when it is read again.</exception>
    public void Assert()
    {
        if (_settled == Rows) return;
        throw new QuernException(new Fault("QN7480", "rows that were refused are not there when they are read again")
        {
            Where = source.Name,
            Value = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_settled:N0} of {Rows:N0}"),
            Try = ["run again when nobody changes the source"],
        });
    }

    /// <summary>Finds out whether too many were set aside, and warns of those that were.</summary>
    /// <param name="run">The run.</param>
    /// <param name="read">Rows that were read.</param>
    /// <exception cref="QuernException">QN3005.</exception>
    public void Judge(Run run, long read)
    {
        if (IsShared) return;
        rejects.Found(read, 0, 0);
        rejects.Judge();
        foreach (var (code, rows) in rejects.ByCode) run.Warn(code, "rows that the database does not take are set aside", rows);
    }

    /// <summary>Puts the file in place.</summary>
    public void Complete() => rejects.Complete();

    /// <inheritdoc/>
    public void Dispose() => rejects.Dispose();

    static ConvertRequest Conversion(LoadRequest request) => new()
    {
        BaseDirectory = request.BaseDirectory,
        Inputs = request.Inputs,
        Output = request.To,
        Rejects = request.Rejects,
        MaxRejects = request.MaxRejects,
    };
}
