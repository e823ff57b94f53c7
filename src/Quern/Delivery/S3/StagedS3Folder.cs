using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Quern.Running;

namespace Quern.Delivery.S3;

/// <summary>
/// Objects that are sent, and that no manifest names yet. Their names hold the hash of their bytes and a number of the run, so none takes
/// the place of another, and none that is taken back is another run's: who reads the manifest finds all objects that it names, before the
/// commit and after it. When another run has changed the manifest meanwhile, the commit fails.
/// </summary>
sealed partial class StagedS3Folder : StagedOutput
{
    /// <summary>Objects of ours that no manifest names are left by killed runs, or belong to one that still sends.</summary>
    static readonly TimeSpan Leftover = TimeSpan.FromDays(1);

    const int RunDigits = 8;

    readonly Destination _to;
    readonly S3Store _store;
    readonly S3Settings _settings;
    readonly string _prefix;
    readonly LocalCopy _local;
    readonly S3Manifest _before;
    readonly S3Manifest _after;
    readonly List<string> _sent = [];
    bool _isDone;

    StagedS3Folder(
        Destination to, S3Store store, S3Settings settings, string prefix, LocalCopy local, S3Manifest before, S3Manifest after)
        : base(local.Made.Rows)
    {
        (_to, _store, _settings, _prefix) = (to, store, settings, prefix);
        (_local, _before, _after) = (local, before, after);
    }

    /// <inheritdoc/>
    public override bool IsContended => true;

    /// <inheritdoc/>
    public override string? Path => _local.Path;

    /// <summary>Sends the files of a folder.</summary>
    /// <param name="to">The destination.</param>
    /// <param name="store">Its bucket.</param>
    /// <param name="url">Its place there.</param>
    /// <param name="settings">How S3 is reached.</param>
    /// <param name="local">The folder.</param>
    /// <param name="scope">What of the table is replaced; null for all.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">S3 did not take them; the manifest is as it was.</exception>
    public static StagedS3Folder Send(
        Destination to, S3Store store, S3Url url, S3Settings settings, LocalCopy local, Scope? scope, CancellationToken cancel)
    {
        var manifest = $"{url.Key}{S3Manifest.FileName}";
        var before = S3Manifest.Parse(store.Read(manifest, cancel).GetAwaiter().GetResult(), $"s3://{url.Bucket}/{manifest}");
        var run = RandomNumberGenerator.GetHexString(RunDigits, lowercase: true);
        var after = S3Manifest.Of(local.Path, before, scope, run);
        var staged = new StagedS3Folder(to, store, settings, url.Key, local, before, after);
        try
        {
            staged.SendAll(cancel).GetAwaiter().GetResult();
            return staged;
        }
        catch
        {
            staged.Withdraw();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="QuernException">QN7484: another run has changed the table; what S3 says.</exception>
    public override RunOutput Commit()
    {
        var now = _store.Read(_prefix + S3Manifest.FileName, CancellationToken.None).GetAwaiter().GetResult() ?? [];
        if (!now.AsSpan().SequenceEqual(_before.Bytes)) throw S3Faults.Overtaken(_to.Name);
        var file = System.IO.Path.Combine(_local.Folder, S3Manifest.FileName);
        File.WriteAllBytes(file, _after.Bytes);
        _store.Put(_prefix + S3Manifest.FileName, file, CancellationToken.None).GetAwaiter().GetResult();
        _isDone = true;
        Tidy().GetAwaiter().GetResult();
        return new RunOutput(_to.Name, _to.Kind, Rows, _after.New.Sum(f => new FileInfo(f.File).Length));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (!_isDone) Withdraw();
        _isDone = true;
        _store.Dispose();
        _local.Dispose();
    }

    async Task SendAll(CancellationToken cancel)
    {
        // The same bytes under the same name are there already.
        var send = _after.New.Where(f => !_before.Names.Contains(f.Name)).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = _settings.Parallel, CancellationToken = cancel };
        await Parallel.ForEachAsync(send, options, async (file, stop) =>
        {
            lock (_sent) _sent.Add(_prefix + file.Name);
            await _store.Put(_prefix + file.Name, file.File, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Takes back what no manifest names; what cannot be taken back is left to a later run.</summary>
    void Withdraw()
    {
        foreach (var key in _sent) TryDelete(key).GetAwaiter().GetResult();
        _sent.Clear();
    }

    /// <summary>The table is in place: what was of it, and what killed runs have left, goes.</summary>
    async Task Tidy()
    {
        foreach (var name in _before.Names.Except(_after.Names)) await TryDelete(_prefix + name).ConfigureAwait(false);
        try
        {
            var old = _settings.Clock.GetUtcNow() - Leftover;
            foreach (var (key, changed) in await _store.List(_prefix, CancellationToken.None).ConfigureAwait(false))
            {
                if (changed < old && Ours().IsMatch(key) && !_after.Names.Contains(key[_prefix.Length..]))
                    await TryDelete(key).ConfigureAwait(false);
            }
        }
        catch (QuernException)
        {
            // Without the right to list, leftovers stay; the table is whole.
        }
    }

    async Task TryDelete(string key)
    {
        try
        {
            await _store.Delete(key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (QuernException)
        {
            // A later run finds it.
        }
    }

    [GeneratedRegex(@"-[0-9a-f]{12}(-[0-9a-f]{8})?\.(sqlite|parquet)$")]
    private static partial Regex Ours();
}
