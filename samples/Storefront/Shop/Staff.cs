namespace Storefront.Shop;

/// <summary>The shop's own people, and what they may do.</summary>
internal static class Staff
{
    public const string Manager = "manager";
    public const string Clerk = "clerk";

    /// <summary>The policy for what only managers do.</summary>
    public const string Managers = "Managers";

    /// <summary>The header that carries a key.</summary>
    public const string KeyHeader = "X-Staff-Key";

    public static readonly StaffMember[] All =
    [
        new("staff-1", "anna", Manager, "key-of-anna"),
        new("staff-2", "ben", Clerk, "key-of-ben"),
        new("staff-3", "carla", Manager, "key-of-carla"),
    ];

    public static IServiceCollection AddStaff(this IServiceCollection services)
    {
        _ = services.AddAuthentication(StaffAuthentication.SchemeName)
            .AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, StaffAuthentication>(StaffAuthentication.SchemeName, configureOptions: null);
        return services.AddAuthorizationBuilder().AddPolicy(Managers, p => p.RequireRole(Manager)).Services;
    }
}
