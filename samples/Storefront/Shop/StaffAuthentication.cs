using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Storefront.Shop;

/// <summary>Authenticates the shop's staff by their keys.</summary>
internal sealed class StaffAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "StaffKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string key = Request.Headers[Staff.KeyHeader].ToString();
        if (key.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (Staff.All.FirstOrDefault(s => s.Key == key) is not { } member)
        {
            return Task.FromResult(AuthenticateResult.Fail("The key is unknown."));
        }

        ClaimsIdentity identity = new(
            [new(ClaimTypes.NameIdentifier, member.Id), new(ClaimTypes.Name, member.Name), new(ClaimTypes.Role, member.Role)], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }
}
