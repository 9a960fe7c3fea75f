namespace CloudObserve.Sinks;

/// <summary>What a log group gets when a sink has to create it. A group that exists already is left as it is.</summary>
/// <param name="RetentionInDays">How long events are kept; <see langword="null"/> keeps them for ever, which is the absence of a policy.</param>
/// <param name="Class">The group's class, which can never be changed; <see langword="null"/> is the service's default.</param>
/// <param name="KmsKeyId">The ARN of the key that encrypts the group; <see langword="null"/> leaves that to the service.</param>
/// <param name="Tags">The tags. With any, creating takes the IAM action <c>logs:TagResource</c> too.</param>
internal sealed record LogGroupSettings(int? RetentionInDays, string? Class, string? KmsKeyId, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>What a group gets that nothing is configured for.</summary>
    internal static readonly LogGroupSettings None = new(null, null, null, new Dictionary<string, string>());
}
