namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Represents a webhook of a topic. Everything but the format can be secret, so it has no text of its own.</summary>
/// <param name="Address">The address.</param>
internal sealed record Webhook(string Address)
{
    private const int MinSecret = 16;

    internal WebhookFormat Format { get; init; }

    internal string? Template { get; init; }

    internal string? Secret { get; init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Returns the broken rules, without the values.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out Uri? uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            yield return "the address must be an absolute address with https";
        }
        else if (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback)
        {
            yield return "the address must begin with https, because it is not a loopback address";
        }
        else if (uri.UserInfo.Length > 0)
        {
            yield return "the address must not contain a user or a password; use a header";
        }

        if (!Enum.IsDefined(Format))
        {
            yield return $"the format must be one of {string.Join(", ", Enum.GetNames<WebhookFormat>())}";
        }

        if (Secret?.Length < MinSecret)
        {
            yield return $"the secret must have at least {MinSecret} characters";
        }

        if (Template is { } template && WebhookBody.FaultOf(template) is { } fault)
        {
            yield return fault;
        }

        foreach ((string name, string value) in Headers)
        {
            using HttpRequestMessage request = new();
            if (value.AsSpan().ContainsAny('\r', '\n', '\0') || !request.Headers.TryAddWithoutValidation(name, value))
            {
                yield return $"the header '{name}' is not a valid header of a request";
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"webhook ({Format})";
}
