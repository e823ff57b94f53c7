using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Quern.Delivery.S3;
using Quern.Live.Tests.S3;

[assembly: AssemblyFixture(typeof(SwiftServer))]

namespace Quern.Live.Tests.S3;

/// <summary>OpenStack Swift with its S3 interface, on free ports of the loopback, with folders of its own; it ends with this process,
/// however that ends.</summary>
/// <remarks>As for PostgreSQL a shell stands between, which stops the servers when its standard input is closed.</remarks>
public sealed class SwiftServer : IDisposable
{
    /// <summary>Name of the bucket that is there.</summary>
    public const string Bucket = "quern-live";

    const string Access = "test:tester";
    const string Secret = "testing";

    const string Keeper =
        """
        set -m
        cd "$1" || exit 1
        me=$(id -un)
        memcached -u "$me" -l 127.0.0.1 -p "$2" >>log 2>&1 &
        for server in account container object proxy; do "swift-$server-server" "$server.conf" >>log 2>&1 & done
        read -r _
        for job in $(jobs -p); do kill -KILL -- "-$job" 2>/dev/null; done
        cd /
        rm -rf "$1"
        """;

    readonly string _home = "";
    readonly int _port;
    readonly Process? _keeper;

    /// <summary>Starts it; nothing when Swift is not installed.</summary>
    public SwiftServer()
    {
        if (!IsInstalled) return;
        _home = Directory.CreateTempSubdirectory("quern-swift-").FullName;
        var ports = FreePorts(5);
        _port = ports[0];
        Configure(ports);
        _keeper = Process.Start(new ProcessStartInfo("bash", ["-c", Keeper, "bash", _home, ports[4].ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
        });
        WaitUntilReady();
        using var client = Client();
        client.PutBucketAsync(Bucket).GetAwaiter().GetResult();
    }

    /// <summary>How Quern reaches it.</summary>
    internal S3Settings Settings => S3Settings.Default with { Endpoint = Endpoint + "/", Keys = (Access, Secret), PartBytes = 5 << 20 };

    /// <summary>Its URL.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    static bool IsInstalled => File.Exists("/usr/bin/swift-proxy-server") && File.Exists("/usr/bin/memcached");

    /// <summary>Skips the test where Swift is not installed.</summary>
    public void Need() => Assert.SkipWhen(_keeper is null, "not installed: swift-proxy, swift-account, swift-container, swift-object, memcached");

    /// <summary>A client that is not Quern's.</summary>
    public AmazonS3Client Client() => new(new BasicAWSCredentials(Access, Secret), new AmazonS3Config
    {
        ServiceURL = Endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
    });

    /// <summary>Names of the objects below a prefix, in ordinal order.</summary>
    public IReadOnlyList<string> Names(string prefix)
    {
        using var client = Client();
        var page = client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix }).GetAwaiter().GetResult();
        return [.. (page.S3Objects ?? []).Select(o => o.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>Brings an object into a file.</summary>
    public void Download(string key, string path)
    {
        using var client = Client();
        using var answer = client.GetObjectAsync(Bucket, key).GetAwaiter().GetResult();
        using var file = File.Create(path);
        answer.ResponseStream.CopyTo(file);
    }

    /// <summary>Uploads that were begun and neither completed nor dropped.</summary>
    public int OpenUploads()
    {
        using var client = Client();
        return (client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket }).GetAwaiter().GetResult().MultipartUploads ?? []).Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_keeper is null) return;
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    void Configure(int[] ports)
    {
        Directory.CreateDirectory($"{_home}/srv/d1");
        File.WriteAllText($"{_home}/swift.conf",
            "[swift-hash]\nswift_hash_path_suffix = x\nswift_hash_path_prefix = x\n[storage-policy:0]\nname = gold\ndefault = yes\n");
        string[] kinds = ["account", "container", "object"];
        for (var i = 0; i < kinds.Length; i++)
        {
            File.WriteAllText($"{_home}/{kinds[i]}.conf", string.Create(CultureInfo.InvariantCulture,
                $"""
                [DEFAULT]
                swift_dir = {_home}
                bind_ip = 127.0.0.1
                bind_port = {ports[i + 1]}
                user = {Environment.UserName}
                devices = {_home}/srv
                mount_check = false
                workers = 1
                disable_fallocate = true
                [pipeline:main]
                pipeline = {kinds[i]}-server
                [app:{kinds[i]}-server]
                use = egg:swift#{kinds[i]}
                """));
            Shell($"cd {_home} && swift-ring-builder {kinds[i]}.builder create 4 1 1");
            Shell(string.Create(CultureInfo.InvariantCulture,
                $"cd {_home} && swift-ring-builder {kinds[i]}.builder add r1z1-127.0.0.1:{ports[i + 1]}/d1 1"));
            Shell($"cd {_home} && swift-ring-builder {kinds[i]}.builder rebalance");
        }
        File.WriteAllText($"{_home}/proxy.conf", string.Create(CultureInfo.InvariantCulture,
            $"""
            [DEFAULT]
            swift_dir = {_home}
            bind_ip = 127.0.0.1
            bind_port = {ports[0]}
            user = {Environment.UserName}
            workers = 1
            [pipeline:main]
            pipeline = catch_errors gatekeeper healthcheck proxy-logging cache listing_formats bulk s3api tempauth copy slo dlo proxy-logging proxy-server
            [app:proxy-server]
            use = egg:swift#proxy
            allow_account_management = true
            account_autocreate = true
            [filter:catch_errors]
            use = egg:swift#catch_errors
            [filter:gatekeeper]
            use = egg:swift#gatekeeper
            [filter:healthcheck]
            use = egg:swift#healthcheck
            [filter:proxy-logging]
            use = egg:swift#proxy_logging
            [filter:cache]
            use = egg:swift#memcache
            memcache_servers = 127.0.0.1:{ports[4]}
            [filter:listing_formats]
            use = egg:swift#listing_formats
            [filter:bulk]
            use = egg:swift#bulk
            [filter:s3api]
            use = egg:swift#s3api
            s3_acl = false
            location = us-east-1
            [filter:tempauth]
            use = egg:swift#tempauth
            user_test_tester = testing .admin
            [filter:copy]
            use = egg:swift#copy
            [filter:slo]
            use = egg:swift#slo
            min_segment_size = 1
            [filter:dlo]
            use = egg:swift#dlo
            """));
    }

    void WaitUntilReady()
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (http.GetStringAsync($"{Endpoint}/healthcheck").GetAwaiter().GetResult() == "OK") return;
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(120))
            {
                Task.Delay(100).GetAwaiter().GetResult();
            }
        }
    }

    static void Shell(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = shell.StandardError.ReadToEndAsync();
        shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode is 0 or 1, $"{line}: {error.Result}");
    }

    static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }
}
