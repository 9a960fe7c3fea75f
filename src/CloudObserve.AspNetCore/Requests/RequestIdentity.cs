using System.Globalization;
using System.Security.Claims;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Reads the user of a request from its claims, and the source address from its connection.</summary>
internal static class RequestIdentity
{
    private const string Unnamed = "Unknown";
    private const string LocalIssuer = ClaimsIdentity.DefaultIssuer;

    private static readonly string[] PrincipalClaims = [ClaimTypes.NameIdentifier, "sub", "oid", "client_id", "azp"];
    private static readonly string[] NameClaims = ["preferred_username", ClaimTypes.Upn, ClaimTypes.Email, "email", "name"];
    private static readonly string[] DirectorySchemes = ["Negotiate", "NTLM", "Kerberos"];
    private static readonly string[] MethodClaims = ["amr", "http://schemas.microsoft.com/claims/authnmethodsreferences"];

    internal static AuditIdentity Of(HttpContext context)
    {
        // Of several identities the authenticated one is taken. A user may also have an identity for a device or an anonymous one.
        if (context.User.Identities.FirstOrDefault(i => i.IsAuthenticated) is not { } identity)
        {
            return AuditIdentity.Anonymous;
        }

        string? principal = First(identity, PrincipalClaims);
        string? name = NotBlank(identity.Name) ?? First(identity, NameClaims);
        return new AuditIdentity(TypeOf(identity))
        {
            PrincipalId = principal ?? name ?? Unnamed,
            UserName = name ?? principal ?? Unnamed,
            Session = SessionOf(context, identity),
        };
    }

    /// <returns>
    /// The address, or <see langword="null"/> on a Unix socket. Such a request came from this machine, and the trail records the machine's
    /// name.
    /// </returns>
    internal static string? AddressOf(ConnectionInfo connection) =>
        (connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : connection.RemoteIpAddress)?.ToString();

    // The nearest types of CloudTrail: a user of a directory, a SAML user, or otherwise a web identity.
    private static string TypeOf(ClaimsIdentity identity) => identity.AuthenticationType switch
    {
        { } scheme when DirectorySchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase) => "Directory",
        { } scheme when scheme.Contains("saml", StringComparison.OrdinalIgnoreCase) => "SAMLUser",
        _ => "WebIdentityUser",
    };

    private static AuditSession? SessionOf(HttpContext context, ClaimsIdentity identity)
    {
        DateTimeOffset? began = AuthenticatedAt(identity)
            ?? context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.IssuedUtc;
        string[] methods = [.. identity.Claims.Where(c => MethodClaims.Contains(c.Type)).Select(c => c.Value)];
        bool? withMfa = methods.Length == 0 ? null : methods.Contains("mfa");
        string? issuer = IssuerOf(identity);
        return began is null && withMfa is null && issuer is null
            ? null
            : new AuditSession
            {
                CreationDate = began,
                MfaAuthenticated = withMfa,
                Issuer = issuer is null ? null : new AuditIdentity("IdentityProvider") { PrincipalId = issuer, UserName = issuer },
            };
    }

    private static DateTimeOffset? AuthenticatedAt(ClaimsIdentity identity) =>
        long.TryParse(First(identity, ["auth_time"]), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string? IssuerOf(ClaimsIdentity identity) =>
        First(identity, ["iss"])
            ?? identity.Claims.Select(c => c.Issuer).FirstOrDefault(i => i != LocalIssuer && !string.IsNullOrWhiteSpace(i));

    private static string? First(ClaimsIdentity identity, string[] types) =>
        types.Select(t => NotBlank(identity.FindFirst(t)?.Value)).FirstOrDefault(v => v is not null);

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
