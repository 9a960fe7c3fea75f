using System.Security.Cryptography;
using Amazon.Runtime;
using CloudObserve.S3;
using CloudObserve.S3.Tests;
using CloudObserve.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>
/// The environment of a document's block: its own folder, AWS, bucket and users. It reaches neither the real AWS nor the rest of the
/// machine.
/// </summary>
/// <remarks>
/// Everything is said by configuration and services, which belong to one host: what belongs to the process would be seen by the tests
/// beside.
/// </remarks>
internal sealed class Stage : IAsyncDisposable
{
    // Made once: it is what takes longest when a trail is opened for the first time.
    private static readonly Lazy<string> SigningKey = new(() => RSA.Create(2048).ExportPkcs8PrivateKeyPem());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    internal ScriptedCloudWatch Aws { get; } = ScriptedCloudWatch.Start();

    internal ScriptedS3 Bucket { get; } = new();

    internal Notices Notices { get; } = new();

    internal string[] Arguments =>
    [
        "--contentRoot", _folder.FullName, "--environment", "Development", "--urls", "http://127.0.0.1:0",
        "--Logging:Console:LogLevel:Default", "None",
    ];

    /// <summary>Gives an application what is its own to have, and turns what would go out of it to here.</summary>
    internal void Furnish(IServiceCollection services)
    {
        _ = services.AddSingleton<ILoggerProvider>(Notices);
        _ = services.PostConfigure<AwsOptions>(ComeHere);
        _ = services.PostConfigure<S3TrailOptions>(s3 => s3.Client = Bucket.Client);
        _ = services.PostConfigure<CloudObserveOptions>(StayHere);
        if (services.Any(s => s.ServiceType == typeof(IServer)))
        {
            Doorman.Engage(services);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Aws.DisposeAsync();
        Bucket.Dispose();
        _folder.Delete(recursive: true);
    }

    private void ComeHere(AwsOptions aws)
    {
        if (aws.ServiceUrl is not null)
        {
            return;
        }

        (aws.ServiceUrl, aws.Profile, aws.Region) = (Aws.Url, null, aws.Region ?? "eu-west-1");
        aws.Credentials = new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
    }

    private void StayHere(CloudObserveOptions options)
    {
        options.StateDirectory = Below(options.StateDirectory ?? "state");
        options.AuditTrail.Directory = Below(options.AuditTrail.Directory);
        if (options.AuditTrail.SigningKeyPath is null)
        {
            options.AuditTrail.SigningKeyPath = Below("key.pem");
            File.WriteAllText(options.AuditTrail.SigningKeyPath, SigningKey.Value);
        }
    }

    // Options are made more than once, and what is below already stays where it is.
    private string Below(string path) =>
        path.StartsWith(_folder.FullName, StringComparison.Ordinal)
            ? path : Path.Combine(_folder.FullName, path.Replace(':', '_').TrimStart('/'));
}
