namespace Storefront.Shop;

/// <summary>One of the shop's own people.</summary>
/// <param name="Id">The lasting id.</param>
/// <param name="Name">The name.</param>
/// <param name="Role">What for: <see cref="Staff.Manager"/> or <see cref="Staff.Clerk"/>.</param>
/// <param name="Key">Proves who it is. A real shop has a sign-in instead, and no keys in its source.</param>
internal sealed record StaffMember(string Id, string Name, string Role, string Key);
