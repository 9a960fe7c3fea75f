using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>Takes the sender's word for it: the header <c>X-Claims</c> holds claims as <c>type=value;type=value</c>.</summary>
internal sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";
    public const string Header = "X-Claims";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers[Header].ToString();
        if (header.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (header == "broken")
        {
            throw new InvalidOperationException("The key store is gone.");
        }

        IEnumerable<Claim> claims = header.Split(';').Select(c => c.Split('=', 2)).Select(c => new Claim(c[0], c[1]));
        ClaimsPrincipal user = new(new ClaimsIdentity(claims, SchemeName, "name", "role"));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, SchemeName)));
    }
}
