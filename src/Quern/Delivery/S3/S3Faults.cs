using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;

namespace Quern.Delivery.S3;

/// <summary>What the answers of S3 mean to a user, QN8220 to QN8226. They never hold a key or a token.</summary>
static class S3Faults
{
    /// <summary>Says what a failure means; null when it is not one of S3's.</summary>
    public static QuernException? Of(Exception cause, string name) => cause switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => New(cause, "QN8221", "the bucket does not exist", name, null,
            "the name of the bucket", "AWS_ENDPOINT_URL_S3     when it is not Amazon's"),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } e => New(
            cause, "QN8222", "S3 refuses access", name, e.ErrorCode, "AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            "the rights: list, read, write and delete below the name"),
        AmazonS3Exception { StatusCode: > 0 } e => New(cause, "QN8223", "S3 failed", name,
            string.Create(CultureInfo.InvariantCulture, $"{e.ErrorCode} ({(int)e.StatusCode})"),
            "run again: what was there before is still there"),
        AmazonClientException e when Says(e, "credentials") => New(cause, "QN8222", "no credentials for S3 were found", name, null,
            "AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        AmazonClientException or HttpRequestException or SocketException or TimeoutException => New(
            cause, "QN8224", "S3 cannot be reached", name, Innermost(cause), "AWS_ENDPOINT_URL_S3     the URL of the server",
            "run again: what was there before is still there"),
        _ => null,
    };

    /// <summary>An object arrived with another size.</summary>
    public static QuernException OtherLength(string name, long sent, long found) => new(
        new Fault("QN8225", "the object in S3 has another size than what was sent")
        {
            Where = name,
            Value = string.Create(CultureInfo.InvariantCulture, $"{found:N0} bytes"),
            Wanted = string.Create(CultureInfo.InvariantCulture, $"{sent:N0} bytes"),
            Try = ["run again", "a server that stores what it is sent"],
        });

    /// <summary>The manifest is not the one that was read.</summary>
    public static QuernException Overtaken(string name) => new(
        new Fault("QN7484", "another run has changed the table in S3 meanwhile; nothing was changed")
        {
            Where = name,
            Try = ["run again"],
        });

    /// <summary>The manifest is not ours.</summary>
    public static QuernException NoManifest(string name, Exception cause) => new(
        new Fault("QN8226", "the manifest in S3 cannot be read: which objects belong to the table is not known")
        {
            Where = name,
            Value = cause.Message,
            Try = ["another place", "delete it, and the objects beside it"],
        },
        cause);

    static bool Says(Exception e, string word) => e.Message.Contains(word, StringComparison.OrdinalIgnoreCase);

    static string Innermost(Exception e) => e.GetBaseException().Message;

    static QuernException New(Exception cause, string code, string what, string where, string? value, params string[] tries) =>
        new(new Fault(code, what) { Where = where, Value = value, Try = tries, ExitCode = ExitCode.Unreachable }, cause);
}
