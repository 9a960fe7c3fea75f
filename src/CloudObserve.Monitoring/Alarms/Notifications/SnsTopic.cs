namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Represents a topic of Amazon SNS.</summary>
/// <param name="TopicArn">The ARN of the topic.</param>
/// <param name="MessagePerProtocol">Whether the message has forms for e-mail and text messages, besides CloudWatch's JSON.</param>
internal sealed record SnsTopic(string TopicArn, bool MessagePerProtocol) : TopicEndpoint
{
    private const string Fifo = ".fifo";
    private const int AccountDigits = 12;
    private const int MaxName = 256;

    /// <summary>Gets the region of the topic.</summary>
    internal string Region => TopicArn.Split(':')[3];

    /// <summary>Gets a value indicating whether the topic is a FIFO topic.</summary>
    internal bool IsFifo => TopicArn.EndsWith(Fifo, StringComparison.Ordinal);

    /// <inheritdoc/>
    internal override IEnumerable<(string Member, string Rule)> Faults()
    {
        if (!IsValid(TopicArn))
        {
            yield return (
                nameof(TopicArn), $"is '{TopicArn}', but must be the ARN of a topic, such as arn:aws:sns:eu-west-1:111122223333:ops");
        }
    }

    private static bool IsValid(string arn) =>
        arn.Split(':') is ["arn", { Length: > 0 } partition, "sns", { Length: > 0 } region, { Length: AccountDigits } account, { } name]
        && partition.All(IsLabel) && region.All(IsLabel) && account.All(char.IsAsciiDigit) && IsName(name);

    private static bool IsName(string name)
    {
        string plain = name.EndsWith(Fifo, StringComparison.Ordinal) ? name[..^Fifo.Length] : name;
        return plain.Length > 0 && name.Length <= MaxName && plain.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    private static bool IsLabel(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
