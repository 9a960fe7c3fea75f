namespace Storefront.Shop;

/// <summary>Contains the shop's staff and their permissions.</summary>
internal static class Staff
{
    public const string Manager = "manager";
    public const string Clerk = "clerk";

    /// <summary>The policy for actions of managers only.</summary>
    public const string Managers = "Managers";

    /// <summary>The header that contains a staff key.</summary>
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
            .AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions,
            StaffAuthentication>(StaffAuthentication.SchemeName, configureOptions: null);
        return services.AddAuthorizationBuilder().AddPolicy(Managers, p => p.RequireRole(Manager)).Services;
    }
}
