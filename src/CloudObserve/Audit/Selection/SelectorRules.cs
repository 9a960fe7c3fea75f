namespace CloudObserve.Audit.Selection;

/// <summary>Contains the rules for selectors.</summary>
/// <remarks>The check returns the broken rule in words, or <see langword="null"/>.</remarks>
internal static class SelectorRules
{
    /// <summary>The CloudTrail limit: 500 values in all selectors of a trail.</summary>
    internal const int MaxValues = 500;

    // The CloudTrail limits: 1 to 2,048 characters in a value, and up to 1,000 in a selector's name.
    private const int MaxValueLength = 2048;
    private const int MaxNameLength = 1000;

    private static readonly string[] EqualsOnly = [SelectorFields.EventCategory, SelectorFields.ReadOnly, SelectorFields.ResourcesType];

    internal static string? Check(AuditEventSelectorOptions selector)
    {
        if (selector.Name?.Length > MaxNameLength)
        {
            return $"a selector's name must have at most {MaxNameLength} characters";
        }

        AuditFieldSelectorOptions[] categories = [.. selector.FieldSelectors.Where(f => f.Field == SelectorFields.EventCategory)];
        if (categories.Length != 1 || categories[0].EqualTo.Count != 1
            || !Enum.GetNames<AuditEventCategory>().Contains(categories[0].EqualTo[0]))
        {
            return $"a selector must specify with Equals an {SelectorFields.EventCategory}: one of "
                + $"{string.Join(", ", Enum.GetNames<AuditEventCategory>())}";
        }

        return selector.FieldSelectors.DistinctBy(f => f.Field).Count() != selector.FieldSelectors.Count
            ? "a selector must have one condition for a field; it may have several values"
            : selector.FieldSelectors.Select(CheckField).FirstOrDefault(broken => broken is not null);
    }

    internal static int CountValues(AuditTrailOptions trail) =>
        trail.EventSelectors.SelectMany(s => s.FieldSelectors).Sum(f => Values(f).Count());

    private static string? CheckField(AuditFieldSelectorOptions field)
    {
        if (!SelectorFields.All.Contains(field.Field))
        {
            return $"there is no field '{field.Field}': it must be one of {string.Join(", ", SelectorFields.All)}";
        }

        if (EqualsOnly.Contains(field.Field) && Values(field).Count() != field.EqualTo.Count)
        {
            return $"the field {field.Field} supports Equals only";
        }

        if (!Values(field).Any())
        {
            return $"the condition on {field.Field} has no values";
        }

        return Values(field).FirstOrDefault(v => v.Length is 0 or > MaxValueLength || v.Contains('*', StringComparison.Ordinal)) is { } bad
            ? $"'{bad}' is not a valid value: it must have 1 to {MaxValueLength} characters and no wildcards; use StartsWith or EndsWith"
            : null;
    }

    private static IEnumerable<string> Values(AuditFieldSelectorOptions field) =>
        [.. field.EqualTo, .. field.NotEqualTo, .. field.StartsWith, .. field.NotStartsWith, .. field.EndsWith, .. field.NotEndsWith];
}
