using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CloudObserve.Audit;
using CloudObserve.Integration.Tests.Audit;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Integration.Tests.Moto;

/// <summary>Tests that the AWS CLI's own validation sees the content of the bucket and nothing else.</summary>
public sealed class S3TrailOnMotoTests(MotoServer moto) : IClassFixture<MotoServer>, IDisposable
{
    private const string Bucket = "trail-bucket";
    private const string Account = "111122223333";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("s3trail");
    private readonly DirectoryInfo _downloaded = Directory.CreateTempSubdirectory("s3copy");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        _downloaded.Delete(recursive: true);
    }

    [MotoFact]
    public async Task What_is_in_the_bucket_is_a_trail_that_the_AWS_CLI_accepts()
    {
        using AmazonS3Client client = Client();
        _ = await client.PutBucketAsync(Bucket);
        ManualTimeProvider time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));
        for (int run = 0; run < 3; run++)
        {
            await RunAsync(time);
            time.Advance(TimeSpan.FromMinutes(10));
        }

        int digests = await DownloadAsync(client);

        Assert.Equal(4, digests);
        Assert.Equal(Names(_directory), Names(_downloaded));
        if (AwsCli.Missing is null)
        {
            File.Copy(Path.Combine(_directory.FullName, "public-key.pem"), Path.Combine(_downloaded.FullName, "public-key.pem"));
            (int status, string report) = await AwsCli.RunAsync(
                Path.Combine(AppContext.BaseDirectory, "Audit", "validate_trail.py"),
                _downloaded.FullName, Bucket, Account, "eu-west-1", "cloudobserve", "2026-11-20T06:00:00Z", "2026-11-20T09:00:00Z");
            Assert.True(status == 0, report);
            Assert.Contains("digests 4 valid 0 invalid, files 3 valid 0 invalid", report, StringComparison.Ordinal);
        }
    }

    private static string[] Names(DirectoryInfo directory) =>
        [.. directory.EnumerateFiles("*.json.gz", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(directory.FullName, f.FullName)).Order()];

    private AmazonS3Client Client() => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonS3Config { ServiceURL = moto.Url.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    private async Task RunAsync(TimeProvider time)
    {
        ServiceCollection services = new();
        _ = services.AddSingleton(time);
        _ = services.AddCloudObserve()
            .WithAuditTrail(o =>
            {
                o.Directory = _directory.FullName;
                o.AccountId = Account;
                o.Region = "eu-west-1";
                o.PublishMetrics = false;
            })
            .ShipAuditTrailToS3(Bucket, o =>
            {
                o.ServiceUrl = moto.Url;
                o.Region = "eu-west-1";
                o.ForcePathStyle = true;
                o.Credentials = new BasicAWSCredentials("test", "test");
            });
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("RefundOrder"));
    }

    // As somebody has it who copies a bucket: each digest with its signature, which is the object's metadata.
    private async Task<int> DownloadAsync(AmazonS3Client client)
    {
        int digests = 0;
        ListObjectsV2Response list = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        foreach (string key in list.S3Objects.Select(o => o.Key))
        {
            using GetObjectResponse found = await client.GetObjectAsync(Bucket, key);
            string path = Path.Combine(_downloaded.FullName, key);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (FileStream file = File.Create(path))
            {
                await found.ResponseStream.CopyToAsync(file);
            }

            if (found.Metadata["signature"] is { } signature)
            {
                Assert.Equal("SHA256withRSA", found.Metadata["signature-algorithm"]);
                await File.WriteAllTextAsync(path + ".sig", signature);
                digests++;
            }
        }

        return digests;
    }
}
