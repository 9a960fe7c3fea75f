using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>The users that a document takes for granted: whoever names himself in a header is that user, and may do everything.</summary>
internal sealed class Doorman : IAuthenticationHandler
{
    internal const string Header = "X-User";

    // The roles and policies that documents speak of without making them.
    private const string Role = "manager";
    private const string Policy = "Managers";
    private static readonly string[] Roles = [Role, "operator"];

    private HttpContext? _context;

    internal static void Engage(IServiceCollection services)
    {
        _ = services.AddAuthenticationCore(o =>
        {
            o.DefaultScheme = nameof(Doorman);
            o.AddScheme<Doorman>(nameof(Doorman), null);
        });
        _ = services.AddAuthorizationBuilder().AddPolicy(Policy, p => p.RequireRole(Role));
    }

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        if (_context!.Request.Headers[Header].ToString() is not { Length: > 0 } name)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        ClaimsIdentity identity = new(
            [new Claim(ClaimTypes.NameIdentifier, name), new Claim(ClaimTypes.Name, name),
                .. Roles.Select(r => new Claim(ClaimTypes.Role, r))], nameof(Doorman));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), nameof(Doorman))));
    }

    public Task ChallengeAsync(AuthenticationProperties? properties) => Refuse(StatusCodes.Status401Unauthorized);

    public Task ForbidAsync(AuthenticationProperties? properties) => Refuse(StatusCodes.Status403Forbidden);

    private Task Refuse(int status)
    {
        _context!.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
