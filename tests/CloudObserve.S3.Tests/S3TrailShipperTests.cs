using System.Net;
using CloudObserve.Audit;
using CloudObserve.Delivery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.S3.Tests;

public sealed class S3TrailShipperTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("s3");
    private readonly ScriptedS3 _bucket = new();

    public void Dispose()
    {
        _bucket.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_trail_is_in_the_bucket_as_CloudTrail_would_have_put_it_there()
    {
        await RunAsync(o =>
        {
            o.Encryption = S3TrailEncryption.Kms;
            o.KmsKeyId = "alias/trail";
            o.ExpectedBucketOwner = "111122223333";
        });

        string[] keys = [.. _bucket.Keys];
        Assert.Equal(
            Directory.EnumerateFiles(_directory.FullName, "*.json.gz", SearchOption.AllDirectories)
                .Select(f => "team/" + Path.GetRelativePath(_directory.FullName, f).Replace('\\', '/')).Order(),
            keys.Order());
        string newest = keys.Where(k => k.Contains("/CloudTrail-Digest/", StringComparison.Ordinal)).Max(StringComparer.Ordinal)!;
        string sealedKey = Assert.Single(keys, k => !k.Contains("/CloudTrail-Digest/", StringComparison.Ordinal));
        Assert.Equal((3, newest), (keys.Length, keys[^1]));
        Dictionary<string, string> log = _bucket.Objects[sealedKey];
        Dictionary<string, string> digest = _bucket.Objects[newest];
        string signature = System.IO.File.ReadAllText(Path.Combine(_directory.FullName, newest["team/".Length..] + ".sig"));
        Assert.Equal((signature, "SHA256withRSA"), (digest["x-amz-meta-signature"], digest["x-amz-meta-signature-algorithm"]));
        Assert.DoesNotContain("x-amz-meta-signature", log.Keys);
        Assert.All(_bucket.Objects.Values, o => Assert.Equal(
            ("application/json", "gzip", "aws:kms", "alias/trail", "111122223333", "*", true),
            (o["content-type"], o["content-encoding"], o["x-amz-server-side-encryption"], o["x-amz-server-side-encryption-aws-kms-key-id"],
                o["x-amz-expected-bucket-owner"], o["if-none-match"], o["host"].StartsWith("trail-bucket.s3", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task What_could_not_be_put_is_put_by_the_next_process_and_nothing_twice()
    {
        _bucket.Answer = static _ => ScriptedS3.Error(HttpStatusCode.ServiceUnavailable, "SlowDown");
        await RunAsync();
        Assert.Empty(_bucket.Keys);

        _bucket.Answer = static _ => null;
        await RunAsync();
        Assert.Equal(Directory.EnumerateFiles(_directory.FullName, "*.json.gz", SearchOption.AllDirectories).Count(), _bucket.Keys.Count);
        Assert.Equal(_bucket.Keys.Count, _bucket.Keys.Distinct().Count());
    }

    [Fact]
    public async Task What_is_there_already_is_not_overwritten_and_counts_as_put()
    {
        using S3TrailShipper shipper = Shipper();
        AuditFile digest = File("d", "ab12");
        Assert.Equal(ErrorClass.None, (await shipper.ShipAsync(digest, CancellationToken.None)).Error);
        Assert.Equal(ErrorClass.None, (await shipper.ShipAsync(digest, CancellationToken.None)).Error);
        Assert.Equal(ErrorClass.None, (await shipper.ShipAsync(File("l", null), CancellationToken.None)).Error);
        Assert.Equal(ErrorClass.None, (await shipper.ShipAsync(File("l", null), CancellationToken.None)).Error);

        Assert.Equal(["d", "l"], _bucket.Keys);
    }

    [Fact]
    public async Task A_digest_of_another_trail_under_the_same_key_is_a_fault_that_says_what_to_do()
    {
        using S3TrailShipper shipper = Shipper();
        _ = await shipper.ShipAsync(File("d", "ab12"), CancellationToken.None);
        SendResult taken = await shipper.ShipAsync(File("d", "cd34"), CancellationToken.None);

        Assert.Equal((ErrorClass.Invalid, "KeyTaken"), (taken.Error, taken.Code));
        Assert.Contains("TrailName", taken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SlowDown", ErrorClass.Throttled)]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError", ErrorClass.Unavailable)]
    [InlineData(HttpStatusCode.Conflict, "ConditionalRequestConflict", ErrorClass.Unavailable)]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", ErrorClass.Unauthorized)]
    [InlineData(HttpStatusCode.BadRequest, "ExpiredToken", ErrorClass.Unauthorized)]
    [InlineData(HttpStatusCode.BadRequest, "KMS.DisabledException", ErrorClass.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound, "NoSuchBucket", ErrorClass.MissingResource)]
    [InlineData(HttpStatusCode.NotImplemented, "NotImplemented", ErrorClass.Invalid)]
    [InlineData(HttpStatusCode.BadRequest, "InvalidArgument", ErrorClass.Invalid)]
    [InlineData(HttpStatusCode.GatewayTimeout, "", ErrorClass.Ambiguous)]
    public async Task An_error_is_classified_by_its_code(HttpStatusCode status, string code, ErrorClass expected)
    {
        _bucket.Answer = _ => ScriptedS3.Error(status, code);
        using S3TrailShipper shipper = Shipper();
        Assert.Equal(expected, (await shipper.ShipAsync(File("l", null), CancellationToken.None)).Error);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "<Error><Code>AccessDenied</Code><Message>no\u0001</Message></Error>", ErrorClass.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden, "<Error><Code>Acc", ErrorClass.Unauthorized)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "{\"json\":1}", ErrorClass.Unavailable)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "", ErrorClass.Unavailable)]
    public async Task An_error_whose_body_cannot_be_read_is_the_stores_fault(HttpStatusCode status, string body, ErrorClass expected)
    {
        _bucket.Answer = _ => new HttpResponseMessage(status)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/xml"),
        };
        using S3TrailShipper shipper = Shipper();
        SendResult result = await shipper.ShipAsync(File("l", null), CancellationToken.None);

        Assert.Equal(expected, result.Error);
        Assert.InRange(result.Message.Length, 0, 2_000);
    }

    [Theory]
    [InlineData(503, false, "<Error><Code>SlowDown</Code><Message>", ErrorClass.Throttled)]
    [InlineData(403, false, "<Error><Message>", ErrorClass.Unauthorized)]
    [InlineData(403, true, "<Error><Code>AccessDenied</Code><Message>", ErrorClass.Unauthorized)]
    [InlineData(200, false, "<Done>", ErrorClass.None)]
    [InlineData(200, true, "<Done>", ErrorClass.None)]
    public async Task An_answer_of_100_MB_is_read_up_to_the_limit(int status, bool gzip, string opening, ErrorClass expected)
    {
        const int Files = 5;
        await using FloodServer server = new(status, "application/xml", gzip, opening);
        S3TrailOptions options = new()
        {
            ServiceUrl = server.Url,
            ForcePathStyle = true,
            Region = "eu-west-1",
            Credentials = new Amazon.Runtime.BasicAWSCredentials("a", "b"),
        };
        using S3TrailShipper shipper = new(options, new AuditTrailOptions { Bucket = "trail-bucket" });
        _ = await shipper.ShipAsync(File("first", null), CancellationToken.None);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Files; i++)
        {
            Assert.Equal(expected, (await shipper.ShipAsync(File($"l{i}", null), CancellationToken.None)).Error);
        }

        // Each file needs a buffer to be read with; an answer of 100 MB would show a hundredfold.
        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / Files, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task Without_an_answer_the_exception_goes_to_who_classifies_them()
    {
        _bucket.Answer = static _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
        using S3TrailShipper shipper = Shipper();
        Exception exception =
            await Assert.ThrowsAnyAsync<Exception>(async () => await shipper.ShipAsync(File("l", null), CancellationToken.None));
        while (exception is not HttpRequestException)
        {
            exception = exception.InnerException!;
        }
    }

    [Fact]
    public void The_options_come_from_the_configuration_and_code_wins()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudObserve:AuditTrail:Bucket"] = "configured",
            ["CloudObserve:AuditTrail:S3:Region"] = "eu-central-1",
            ["CloudObserve:AuditTrail:S3:Encryption"] = "Kms",
            ["CloudObserve:AuditTrail:S3:ServiceUrl"] = "http://localhost:9000",
            ["CloudObserve:AuditTrail:S3:ForcePathStyle"] = "true",
        }).Build();
        IServiceCollection services = new ServiceCollection().AddSingleton(configuration);
        _ = services.AddCloudObserve().ShipAuditTrailToS3(configure: o => o.Region = "eu-west-3");
        using ServiceProvider provider = services.BuildServiceProvider();

        S3TrailOptions options = provider.GetRequiredService<IOptions<S3TrailOptions>>().Value;
        Assert.Equal(("eu-west-3", S3TrailEncryption.Kms, true, 9000),
            (options.Region, options.Encryption, options.ForcePathStyle, options.ServiceUrl!.Port));
        Assert.Equal("configured", provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value.AuditTrail.Bucket);
    }

    [Fact]
    public void A_bucket_must_be_named_and_a_key_belongs_to_Kms()
    {
        IServiceCollection services = new ServiceCollection();
        _ = services.AddCloudObserve().ShipAuditTrailToS3(configure: o => o.KmsKeyId = "key");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Contains("set it to the bucket's name", Fault<CloudObserveOptions>(provider), StringComparison.Ordinal);
        Assert.Contains("Kms only", Fault<S3TrailOptions>(provider), StringComparison.Ordinal);
    }

    private static string Fault<T>(IServiceProvider provider)
        where T : class => Assert.ThrowsAny<OptionsValidationException>(() => provider.GetRequiredService<IOptions<T>>().Value).Message;

    private async Task RunAsync(Action<S3TrailOptions>? configure = null)
    {
        IServiceCollection services = new ServiceCollection();
        _ = services.AddCloudObserve()
            .WithAuditTrail(o =>
            {
                o.Directory = _directory.FullName;
                o.Region = "eu-west-1";
                o.KeyPrefix = "team";
                o.PublishMetrics = false;
            })
            .ShipAuditTrailToS3("trail-bucket", o =>
            {
                o.Client = _bucket.Client;
                configure?.Invoke(o);
            });
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("RefundOrder"));
    }

    private S3TrailShipper Shipper() =>
        new(new S3TrailOptions { Client = _bucket.Client }, new AuditTrailOptions { Bucket = "trail-bucket" });

    private AuditFile File(string key, string? signature)
    {
        string path = Path.Combine(_directory.FullName, key);
        System.IO.File.WriteAllText(path, "content");
        return new AuditFile("trail-bucket", key, path) { Signature = signature };
    }
}
