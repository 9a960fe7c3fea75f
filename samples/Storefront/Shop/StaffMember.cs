namespace Storefront.Shop;

/// <summary>Represents a member of the shop's staff.</summary>
/// <param name="Id">The permanent id.</param>
/// <param name="Name">The name.</param>
/// <param name="Role">The role: <see cref="Staff.Manager"/> or <see cref="Staff.Clerk"/>.</param>
/// <param name="Key">The key that authenticates the member. A real shop has a sign-in instead, and no keys in its source code.</param>
internal sealed record StaffMember(string Id, string Name, string Role, string Key);
