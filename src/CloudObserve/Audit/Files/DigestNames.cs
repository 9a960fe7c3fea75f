namespace CloudObserve.Audit.Files;

/// <summary>Contains the names of a digest's members in CloudTrail's spelling, and their fixed values.</summary>
internal static class DigestNames
{
    internal const string AwsAccountId = "awsAccountId";
    internal const string DigestStartTime = "digestStartTime";
    internal const string DigestEndTime = "digestEndTime";
    internal const string DigestS3Bucket = "digestS3Bucket";
    internal const string DigestS3Object = "digestS3Object";
    internal const string DigestPublicKeyFingerprint = "digestPublicKeyFingerprint";
    internal const string DigestSignatureAlgorithm = "digestSignatureAlgorithm";
    internal const string NewestEventTime = "newestEventTime";
    internal const string OldestEventTime = "oldestEventTime";
    internal const string PreviousDigestS3Bucket = "previousDigestS3Bucket";
    internal const string PreviousDigestS3Object = "previousDigestS3Object";
    internal const string PreviousDigestHashValue = "previousDigestHashValue";
    internal const string PreviousDigestHashAlgorithm = "previousDigestHashAlgorithm";
    internal const string PreviousDigestSignature = "previousDigestSignature";
    internal const string LogFiles = "logFiles";
    internal const string S3Bucket = "s3Bucket";
    internal const string S3Object = "s3Object";
    internal const string HashValue = "hashValue";
    internal const string HashAlgorithm = "hashAlgorithm";

    internal const string Sha256 = "SHA-256";
    internal const string Sha256WithRsa = "SHA256withRSA";
}
