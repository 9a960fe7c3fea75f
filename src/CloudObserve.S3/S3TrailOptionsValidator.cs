using Microsoft.Extensions.Options;

namespace CloudObserve.S3;

/// <summary>Validates the options at start and reports all faults together.</summary>
internal sealed class S3TrailOptionsValidator : IValidateOptions<S3TrailOptions>
{
    private const int AccountDigits = 12;

    public ValidateOptionsResult Validate(string? name, S3TrailOptions options)
    {
        List<string> faults = [];
        if (!Enum.IsDefined(options.Encryption))
        {
            faults.Add($"{S3TrailConfiguration.Section}:Encryption is '{options.Encryption}', but must be one of "
                + $"{string.Join(", ", Enum.GetNames<S3TrailEncryption>())}");
        }

        if (options.KmsKeyId is { } key && options.Encryption != S3TrailEncryption.Kms)
        {
            faults.Add($"{S3TrailConfiguration.Section}:KmsKeyId is '{key}', but Encryption is {options.Encryption}: a key is used with "
                + $"Kms only");
        }

        if (options.ExpectedBucketOwner is { } owner && (owner.Length != AccountDigits || !owner.All(char.IsAsciiDigit)))
        {
            faults.Add($"{S3TrailConfiguration.Section}:ExpectedBucketOwner is '{owner}', but must have {AccountDigits} digits");
        }

        if (options.ServiceUrl is { IsAbsoluteUri: false } address)
        {
            faults.Add($"{S3TrailConfiguration.Section}:ServiceUrl is '{address}', but must be an absolute address");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
