using Amazon.S3.Model;

namespace Quern.Delivery.S3;

/// <summary>An object whose parts have been sent, and which is not there yet.</summary>
/// <param name="Key">Name of the object.</param>
/// <param name="Upload">What S3 calls it until then.</param>
/// <param name="Bytes">Size of the whole.</param>
/// <param name="Tags">What S3 answered for each part.</param>
sealed record S3Parts(string Key, string Upload, long Bytes, PartETag[] Tags);
