namespace CloudObserve.Sinks;

/// <summary>The settings of a log group that a sink creates. An existing group is not changed.</summary>
/// <param name="RetentionInDays">The retention of events in days, or <see langword="null"/> to keep them for ever, without a retention
/// policy.</param>
/// <param name="Class">The group's class, which can never be changed, or <see langword="null"/> for the service's default.</param>
/// <param name="KmsKeyId">The ARN of the key that encrypts the group, or <see langword="null"/> for the service's encryption.</param>
/// <param name="Tags">The tags. If there are any, creating the group also requires the IAM action <c>logs:TagResource</c>.</param>
internal sealed record LogGroupSettings(int? RetentionInDays, string? Class, string? KmsKeyId, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The settings of a group without configuration.</summary>
    internal static readonly LogGroupSettings None = new(null, null, null, new Dictionary<string, string>());
}
