using System.Buffers;
using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Represents the form of an issuer's tokens: a prefix and the characters after it.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class TokenForm
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<byte> Plain = Bytes(Alphanumeric);
    private static readonly SearchValues<byte> Words = Bytes(Alphanumeric + "_-");
    private static readonly SearchValues<byte> Dotted = Bytes(Alphanumeric + "_-.");
    private static readonly SearchValues<byte> Paths = Bytes(Alphanumeric + "/");
    private static readonly SearchValues<byte> Encoded = Bytes(Alphanumeric + "+/=%_-");

    private readonly byte[] _prefix;
    private readonly SearchValues<byte> _body;
    private readonly int _minBody;
    private readonly string _kind;
    private readonly bool _keepsPrefix;

    private TokenForm(string prefix, SearchValues<byte> body, int minBody, string kind, bool keepsPrefix = false)
    {
        Prefix = prefix;
        _prefix = Encoding.ASCII.GetBytes(prefix);
        _body = body;
        _minBody = minBody;
        _kind = kind;
        _keepsPrefix = keepsPrefix;
    }

    /// <summary>Gets all forms.</summary>
    /// <remarks>
    /// The part after the prefix may be longer than the shortest known one, because issuers have lengthened their tokens before.
    /// </remarks>
    internal static IReadOnlyList<TokenForm> All { get; } =
    [
        new("ghp_", Plain, 30, FindingKinds.GitHubToken),
        new("gho_", Plain, 30, FindingKinds.GitHubToken),
        new("ghu_", Plain, 30, FindingKinds.GitHubToken),
        new("ghs_", Dotted, 30, FindingKinds.GitHubToken),
        new("ghr_", Plain, 30, FindingKinds.GitHubToken),
        new("github_pat_", Words, 22, FindingKinds.GitHubToken),
        new("glpat-", Dotted, 16, FindingKinds.GitLabToken),
        new("xoxa-", Words, 10, FindingKinds.SlackToken),
        new("xoxb-", Words, 10, FindingKinds.SlackToken),
        new("xoxe-", Words, 10, FindingKinds.SlackToken),
        new("xoxe.", Dotted, 10, FindingKinds.SlackToken),
        new("xoxp-", Words, 10, FindingKinds.SlackToken),
        new("xoxr-", Words, 10, FindingKinds.SlackToken),
        new("xoxs-", Words, 10, FindingKinds.SlackToken),
        new("xapp-", Words, 10, FindingKinds.SlackToken),
        new("hooks.slack.com/services/", Paths, 20, FindingKinds.SlackToken, keepsPrefix: true),
        new("sk_live_", Plain, 10, FindingKinds.StripeKey),
        new("sk_test_", Plain, 10, FindingKinds.StripeKey),
        new("rk_live_", Plain, 10, FindingKinds.StripeKey),
        new("rk_test_", Plain, 10, FindingKinds.StripeKey),
        new("whsec_", Encoded, 20, FindingKinds.StripeKey),
        new("AIza", Words, 30, FindingKinds.GoogleKey),
        new("ya29.", Dotted, 20, FindingKinds.GoogleKey),
        new("GOCSPX-", Words, 20, FindingKinds.GoogleKey),
        new("npm_", Plain, 30, FindingKinds.NpmToken),
        new("pypi-AgE", Words, 30, FindingKinds.PyPiToken),
        new("oy2", Plain, 43, FindingKinds.NuGetKey),
        new("dckr_pat_", Words, 20, FindingKinds.DockerToken),
        new("SG.", Dotted, 40, FindingKinds.SendGridKey),
        new("sk-", Words, 20, FindingKinds.OpenAiKey),
        new("_auth=", Encoded, 12, FindingKinds.BasicCredentials, keepsPrefix: true),
        new("sig=", Encoded, 20, FindingKinds.Signature, keepsPrefix: true),
        new("signature=", Encoded, 32, FindingKinds.Signature, keepsPrefix: true),
    ];

    internal string Prefix { get; }

    /// <summary>Checks whether such a token begins at a position.</summary>
    internal Finding At(in EventText text, int at)
    {
        if (!text.Bytes[at..].StartsWith(_prefix))
        {
            bool isPlace = _keepsPrefix && at + _prefix.Length <= text.Length
                && Ascii.EqualsIgnoreCase(text.Bytes.Slice(at, _prefix.Length), _prefix);
            if (!isPlace)
            {
                return default;
            }
        }

        if (!text.IsBoundaryBefore(at))
        {
            return default;
        }

        int start = at + _prefix.Length;
        int end = text.RunEnd(start, _body);
        bool isToken = end - start >= _minBody && text.Bytes[start..end].ContainsAnyInRange((byte)'0', (byte)'9');
        return isToken ? new Finding(_keepsPrefix ? start : at, end, _kind) : default;
    }

    private static SearchValues<byte> Bytes(string characters) => SearchValues.Create(Encoding.ASCII.GetBytes(characters));
}
