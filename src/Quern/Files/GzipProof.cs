namespace Quern.Files;

/// <summary>
/// Proves that gzip files are whole while an engine reads them. Engines take a file that was cut at the end of a
/// compressed block, or that lost its checksum, as if nothing were missing; rows would be lost without a word.
/// </summary>
/// <remarks>The price is a second decompression: about a second of one processor for each gigabyte of content.</remarks>
sealed class GzipProof : IDisposable
{
    readonly CancellationTokenSource _stop;
    readonly Task _work;

    GzipProof(IReadOnlyList<InputFile> files, CancellationToken cancel)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _work = new Task(() => Prove(files, _stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning);
    }

    /// <summary>Begins to read the files among these whose names end in <c>.gz</c>, one after the other.</summary>
    /// <param name="files">Inputs of any kind.</param>
    /// <param name="inBackground">On a thread of its own; false leaves all of it to <see cref="Await"/>.</param>
    /// <param name="cancel">Ends it.</param>
    public static GzipProof Begin(IEnumerable<InputFile> files, bool inBackground, CancellationToken cancel = default)
    {
        var proof = new GzipProof([.. files.Where(f => FileBytes.IsGzip(f.Path))], cancel);
        if (inBackground) proof._work.Start(TaskScheduler.Default);
        return proof;
    }

    /// <summary>Returns when every file has been read to its end.</summary>
    /// <exception cref="QuernException">QN2010 cut short; QN2011 damaged; QN2012 followed by something else; QN2001,
    /// QN2004, QN2009 cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Await()
    {
        if (_work.Status == TaskStatus.Created) _work.RunSynchronously(TaskScheduler.Default);
        _work.GetAwaiter().GetResult();
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        // What it found does not matter any more: who wanted to know has called Await.
        if (_work.Status != TaskStatus.Created) ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();
        _stop.Dispose();
    }

    static void Prove(IReadOnlyList<InputFile> files, CancellationToken cancel)
    {
        foreach (var file in files)
        {
            if (GzipCheck.Run(file.Path, file.Name, cancel).Fault is { } fault) throw new QuernException(fault);
        }
    }
}
