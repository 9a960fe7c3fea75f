using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CloudObserve.Audit;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.S3;

/// <summary>Puts files of the trail into a bucket as CloudTrail does: the same keys, and the signature of a digest as the object's metadata.</summary>
/// <remarks>
/// Keys are unique, and an object that is there is never overwritten: several processes and hosts may share a bucket, and what is shipped again after a
/// lost answer harms nothing.
/// </remarks>
/// <threadsafety>For one caller at a time.</threadsafety>
internal sealed class S3TrailShipper(S3TrailOptions options, AuditTrailOptions trail) : IAuditFileShipper, IDisposable
{
    private const string Signature = "signature";
    private const string Algorithm = "signature-algorithm";
    private const int ReadBytes = 128 * 1024;

    // Made with the first file: a region or credentials that are missing are then a failed attempt, and are looked for again.
    private IAmazonS3? _client = options.Client;

    public string Destination { get; } = trail.KeyPrefix is null ? $"s3://{trail.Bucket}" : $"s3://{trail.Bucket}/{trail.KeyPrefix}";

    public async ValueTask<SendResult> ShipAsync(AuditFile file, CancellationToken cancellationToken)
    {
        try
        {
            _client ??= CreateClient();
            FileStream content = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, ReadBytes, useAsync: true);
            await using (content.ConfigureAwait(false))
            {
                _ = await _client.PutObjectAsync(Request(file, content), cancellationToken).ConfigureAwait(false);
                return SendResult.Delivered();
            }
        }
        catch (AmazonServiceException fault) when (fault.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return await CompareAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException fault) when (S3Faults.IsAnswer(fault))
        {
            return S3Faults.Classify(fault);
        }
        catch (Exception fault) when (S3Faults.IsUnreadable(fault))
        {
            return S3Faults.Unreadable(fault);
        }
        catch (AmazonClientException fault) when (fault.InnerException is null)
        {
            return SendResult.Failed(ErrorClass.Unauthorized, "InvalidConfiguration", fault.Message);
        }
    }

    public void Dispose()
    {
        if (options.Client is null)
        {
            _client?.Dispose();
        }
    }

    private AmazonS3Client CreateClient()
    {
        AmazonS3Config config = new()
        {
            ForcePathStyle = options.ForcePathStyle,
            MaxErrorRetry = 0,
            HttpClientFactory = new BoundedHttpClientFactory(),
        };
        if (options.Region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        if (options.ServiceUrl is not null)
        {
            // Setting the address forgets the region, which is still needed to sign.
            config.ServiceURL = options.ServiceUrl.ToString();
            config.AuthenticationRegion = options.Region;
        }

        return options.Credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(options.Credentials, config);
    }

    private PutObjectRequest Request(AuditFile file, Stream content)
    {
        PutObjectRequest request = new()
        {
            BucketName = file.Bucket,
            Key = file.Key,
            InputStream = content,
            AutoCloseStream = false,

            // Files are small and can be read twice: so other stores with S3's interface, which may not know chunks, understand the request too.
            UseChunkEncoding = false,
            ContentType = "application/json",
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            IfNoneMatch = options.NeverOverwrite ? "*" : null,
        };
        request.Headers.ContentEncoding = "gzip";
        if (file.Signature is not null)
        {
            request.Metadata.Add(Signature, file.Signature);
            request.Metadata.Add(Algorithm, AuditFile.SignatureAlgorithm);
        }

        Encrypt(request);
        return request;
    }

    private void Encrypt(PutObjectRequest request)
    {
        if (options.Encryption == S3TrailEncryption.Kms)
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            request.ServerSideEncryptionKeyManagementServiceKeyId = options.KmsKeyId;
        }
        else if (options.Encryption == S3TrailEncryption.S3Managed)
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256;
        }
    }

    // A sealed file has a random part in its name. A digest has only its second: another trail of the same name may have taken it.
    private async ValueTask<SendResult> CompareAsync(AuditFile file, CancellationToken cancellationToken)
    {
        if (file.Signature is null)
        {
            return SendResult.Delivered();
        }

        try
        {
            GetObjectMetadataRequest request = new() { BucketName = file.Bucket, Key = file.Key, ExpectedBucketOwner = options.ExpectedBucketOwner };
            GetObjectMetadataResponse there = await _client!.GetObjectMetadataAsync(request, cancellationToken).ConfigureAwait(false);
            return there.Metadata[Signature] == file.Signature
                ? SendResult.Delivered()
                : SendResult.Failed(ErrorClass.Invalid, "KeyTaken", $"Another trail has written {file.Key}: give each process a TrailName or a KeyPrefix of its own.");
        }
        catch (AmazonServiceException fault) when (S3Faults.IsAnswer(fault))
        {
            return S3Faults.Classify(fault);
        }
        catch (Exception fault) when (S3Faults.IsUnreadable(fault))
        {
            return S3Faults.Unreadable(fault);
        }
    }
}
