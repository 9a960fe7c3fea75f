using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CloudObserve.Audit;
using CloudObserve.Delivery;

namespace CloudObserve.S3;

/// <summary>Puts files of the trail into a bucket as CloudTrail does.</summary>
/// <remarks>
/// The keys are CloudTrail's, and the signature of a digest is in the object's metadata. Keys are unique, and existing objects are not
/// overwritten. So several processes and hosts can share a bucket, and a file that is shipped again after a lost answer does no harm.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class S3TrailShipper(S3TrailOptions options, AuditTrailOptions trail) : IAuditFileShipper, IDisposable
{
    private const string Signature = "signature";
    private const string Algorithm = "signature-algorithm";
    private const int ReadBytes = 128 * 1024;

    // Created with the first file. If the region or the credentials are missing, this attempt fails and the next one looks for them again.
    private IAmazonS3? _client = options.Client;

    public string Destination { get; } = trail.KeyPrefix is null ? $"s3://{trail.Bucket}" : $"s3://{trail.Bucket}/{trail.KeyPrefix}";

    public async ValueTask<SendResult> ShipAsync(AuditFile file, CancellationToken cancellationToken)
    {
        try
        {
            _client ??= CreateClient();
            FileStream content =
                new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, ReadBytes, useAsync: true);
            await using (content.ConfigureAwait(false))
            {
                _ = await _client.PutObjectAsync(Request(file, content), cancellationToken).ConfigureAwait(false);
                return SendResult.Delivered();
            }
        }
        catch (AmazonServiceException exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return await CompareAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException exception) when (S3Faults.IsAnswer(exception))
        {
            return S3Faults.Classify(exception);
        }
        catch (Exception exception) when (S3Faults.IsUnreadable(exception))
        {
            return S3Faults.Unreadable(exception);
        }
        catch (AmazonClientException exception) when (exception.InnerException is null)
        {
            return SendResult.Failed(ErrorClass.Unauthorized, "InvalidConfiguration", exception.Message);
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
            // Setting ServiceURL clears the region, which is still needed for signing.
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

            // Files are small and can be read twice, so no chunked encoding is needed. Other stores with S3's interface may not support it.
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

    // The key of a sealed file contains a random part. The key of a digest contains only the time in seconds, so another trail of the same
    // name may have used it.
    private async ValueTask<SendResult> CompareAsync(AuditFile file, CancellationToken cancellationToken)
    {
        if (file.Signature is null)
        {
            return SendResult.Delivered();
        }

        try
        {
            GetObjectMetadataRequest request = new()
            {
                BucketName = file.Bucket,
                Key = file.Key,
                ExpectedBucketOwner = options.ExpectedBucketOwner,
            };
            GetObjectMetadataResponse there = await _client!.GetObjectMetadataAsync(request, cancellationToken).ConfigureAwait(false);
            return there.Metadata[Signature] == file.Signature
                ? SendResult.Delivered()
                : SendResult.Failed(
                    ErrorClass.Invalid, "KeyTaken",
                    $"Another trail has written {file.Key}. Give each process its own TrailName or KeyPrefix.");
        }
        catch (AmazonServiceException exception) when (S3Faults.IsAnswer(exception))
        {
            return S3Faults.Classify(exception);
        }
        catch (Exception exception) when (S3Faults.IsUnreadable(exception))
        {
            return S3Faults.Unreadable(exception);
        }
    }
}
