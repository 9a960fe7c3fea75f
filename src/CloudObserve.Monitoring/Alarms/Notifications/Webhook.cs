namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Represents a webhook of a topic. Everything but the format can be secret, so it has no text of its own.</summary>
/// <param name="Address">The address.</param>
internal sealed record Webhook(string Address) : TopicEndpoint
{
    private const int MinSecret = 16;

    internal WebhookFormat Format { get; init; }

    internal string? Template { get; init; }

    internal string? Secret { get; init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <inheritdoc/>
    internal override IEnumerable<(string Member, string Rule)> Faults()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out Uri? uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            yield return (nameof(Address), "must be an absolute address with https");
        }
        else if (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback)
        {
            yield return (nameof(Address), "must begin with https, because it is not a loopback address");
        }
        else if (uri.UserInfo.Length > 0)
        {
            yield return (nameof(Address), "must not contain a user or a password; use a header");
        }

        if (!Enum.IsDefined(Format))
        {
            yield return (nameof(Format), $"is '{Format}', but must be one of {string.Join(", ", Enum.GetNames<WebhookFormat>())}");
        }

        if (Secret?.Length < MinSecret)
        {
            yield return (nameof(Secret), $"must have at least {MinSecret} characters");
        }

        if (Template is { } template && WebhookBody.FaultOf(template) is { } fault)
        {
            yield return (nameof(Template), fault);
        }

        foreach ((string name, string value) in Headers)
        {
            using HttpRequestMessage request = new();
            if (value.AsSpan().ContainsAny('\r', '\n', '\0') || !request.Headers.TryAddWithoutValidation(name, value))
            {
                yield return ($"{nameof(Headers)}:{name}", "must be a valid header of a request");
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"webhook ({Format})";
}
