using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Quern.Delivery.S3;

/// <summary>The one place that makes clients of S3.</summary>
static class S3Clients
{
    /// <summary>What is signed where a server has no regions: all of them take it.</summary>
    const string AnyRegion = "us-east-1";

    const int Attempts = 5;

    /// <summary>Makes a client.</summary>
    /// <param name="settings">How S3 is reached.</param>
    /// <param name="isCompatible">True for a server that is not Amazon's: requests are signed whole, without chunks and checksums, which
    /// such servers refuse, or store as content (specs: Swift answers 501, s3rver stores the framing).</param>
    /// <exception cref="QuernException">QN8220: the endpoint is no URL, or no region is known.</exception>
    public static AmazonS3Client Create(S3Settings settings, out bool isCompatible)
    {
        var config = new AmazonS3Config { MaxErrorRetry = Attempts - 1, RetryMode = RequestRetryMode.Standard };
        // Variables and profiles have their say when the configuration is made.
        var endpoint = (settings.Endpoint ?? config.ServiceURL)?.TrimEnd('/');
        isCompatible = endpoint is { Length: > 0 } && !IsAmazon(endpoint);
        if (settings.Region is { } named) config.RegionEndpoint = RegionEndpoint.GetBySystemName(named);
        if (isCompatible)
        {
            var region = config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion ?? AnyRegion;
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = region;
            config.ForcePathStyle = true;
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }
        else if (config.RegionEndpoint is null)
        {
            throw new QuernException(new Fault("QN8220", "no region of S3 is known")
            {
                Where = "AWS_REGION",
                Wanted = "the region of the bucket, or the URL of a server that is not Amazon's",
                Try = ["AWS_REGION=eu-west-2 quern ...", "AWS_ENDPOINT_URL_S3=http://localhost:9000 quern ..."],
                ExitCode = ExitCode.Usage,
            });
        }
        return settings.Keys is { } keys
            ? new AmazonS3Client(new BasicAWSCredentials(keys.Access, keys.Secret), config)
            : new AmazonS3Client(config);
    }

    static bool IsAmazon(string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new QuernException(new Fault("QN8220", "the endpoint of S3 is no URL")
            {
                Where = "AWS_ENDPOINT_URL_S3",
                Value = $"\"{endpoint}\"",
                Wanted = "http:// or https:// and a host",
                Try = ["AWS_ENDPOINT_URL_S3=http://localhost:9000"],
                ExitCode = ExitCode.Usage,
            });
        }
        return uri.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase)
            || uri.Host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase);
    }
}
