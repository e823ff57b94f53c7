using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Quern.Delivery.S3;

/// <summary>A bucket: sends objects and proves that they arrived, reads, lists and deletes.</summary>
/// <remarks>What S3-compatible servers cannot do is not asked of them: no conditional puts, no deletion of many at once.</remarks>
sealed class S3Store : IDisposable
{
    /// <summary>The most parts of an object (S3, multipart upload limits).</summary>
    const int MostParts = 10_000;

    readonly AmazonS3Client _client;
    readonly S3Settings _settings;
    readonly string _bucket;
    readonly bool _isCompatible;

    /// <summary>Opens a bucket; nothing is asked of it yet.</summary>
    /// <exception cref="QuernException">QN8220: settings are wrong.</exception>
    public S3Store(S3Settings settings, string bucket)
    {
        _settings = settings;
        _bucket = bucket;
        _client = S3Clients.Create(settings, out _isCompatible);
    }

    /// <summary>Objects of at least this size are sent in parts.</summary>
    public long PartBytes => _settings.PartBytes;

    /// <summary>Fails unless names in the bucket can be listed.</summary>
    public Task Check(string prefix, CancellationToken cancel) => Ask(prefix, () => _client.ListObjectsV2Async(
        new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, MaxKeys = 1 }, cancel));

    /// <summary>Sends a file as an object, whole.</summary>
    /// <exception cref="QuernException">It did not arrive.</exception>
    public async Task Put(string key, string path, CancellationToken cancel)
    {
        var bytes = new FileInfo(path).Length;
        if (bytes >= PartBytes)
        {
            await Complete(await Begin(key, path, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return;
        }
        await Ask(key, () => _client.PutObjectAsync(
            new PutObjectRequest { BucketName = _bucket, Key = key, FilePath = path, UseChunkEncoding = !_isCompatible }, cancel)).ConfigureAwait(false);
        await Confirm(key, bytes, cancel).ConfigureAwait(false);
    }

    /// <summary>Sends a file in parts, which nobody sees until they are put together.</summary>
    public async Task<S3Parts> Begin(string key, string path, CancellationToken cancel)
    {
        var bytes = new FileInfo(path).Length;
        var size = Math.Max(PartBytes, (bytes + MostParts - 1) / MostParts);
        var count = (int)((bytes + size - 1) / size);
        var begun = await Ask(key, () => _client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = _bucket, Key = key }, cancel)).ConfigureAwait(false);
        var parts = new S3Parts(key, begun.UploadId, bytes, new PartETag[count]);
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _settings.Parallel, CancellationToken = cancel };
            await Parallel.ForAsync(0, count, options, async (i, stop) =>
            {
                var from = i * size;
                var sent = await Ask(key, () => _client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = _bucket,
                        Key = key,
                        UploadId = parts.Upload,
                        PartNumber = i + 1,
                        FilePath = path,
                        FilePosition = from,
                        PartSize = Math.Min(size, bytes - from),
                        UseChunkEncoding = !_isCompatible,
                    },
                    stop)).ConfigureAwait(false);
                parts.Tags[i] = new PartETag(sent) { PartNumber = i + 1 };
            }).ConfigureAwait(false);
            return parts;
        }
        catch
        {
            await Abort(parts).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Puts the parts of an object together.</summary>
    public async Task Complete(S3Parts parts, CancellationToken cancel)
    {
        await Ask(parts.Key, () => _client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = _bucket, Key = parts.Key, UploadId = parts.Upload, PartETags = [.. parts.Tags] },
            cancel)).ConfigureAwait(false);
        await Confirm(parts.Key, parts.Bytes, cancel).ConfigureAwait(false);
    }

    /// <summary>Drops parts that were sent; what cannot be dropped is left to the bucket's own rules.</summary>
    public async Task Abort(S3Parts parts)
    {
        try
        {
            await _client.AbortMultipartUploadAsync(_bucket, parts.Key, parts.Upload, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (S3Faults.Of(e, "") is not null)
        {
            // The object itself is as it was.
        }
    }

    /// <summary>The bytes of a small object; null when there is none.</summary>
    public async Task<byte[]?> Read(string key, CancellationToken cancel)
    {
        try
        {
            using var answer = await _client.GetObjectAsync(_bucket, key, cancel).ConfigureAwait(false);
            using var bytes = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(bytes, cancel).ConfigureAwait(false);
            return bytes.ToArray();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (Exception e) when (S3Faults.Of(e, Name(key)) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Names of objects and when each was last changed.</summary>
    public async Task<List<(string Key, DateTimeOffset Changed)>> List(string prefix, CancellationToken cancel)
    {
        var found = new List<(string, DateTimeOffset)>();
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix };
        while (true)
        {
            var page = await Ask(prefix, () => _client.ListObjectsV2Async(request, cancel)).ConfigureAwait(false);
            foreach (var item in page.S3Objects ?? []) found.Add((item.Key, item.LastModified?.ToUniversalTime() ?? DateTimeOffset.MaxValue));
            if (page.IsTruncated != true) return found;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    /// <summary>Deletes an object; what is not there is no failure.</summary>
    public Task Delete(string key, CancellationToken cancel) => Ask(key, () => _client.DeleteObjectAsync(_bucket, key, cancel));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    async Task Confirm(string key, long bytes, CancellationToken cancel)
    {
        var there = await Ask(key, () => _client.GetObjectMetadataAsync(_bucket, key, cancel)).ConfigureAwait(false);
        if (there.ContentLength != bytes) throw S3Faults.OtherLength(Name(key), bytes, there.ContentLength);
    }

    async Task<T> Ask<T>(string key, Func<Task<T>> request)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (Exception e) when (S3Faults.Of(e, Name(key)) is { } fault)
        {
            throw fault;
        }
    }

    string Name(string key) => $"s3://{_bucket}/{key}";
}
