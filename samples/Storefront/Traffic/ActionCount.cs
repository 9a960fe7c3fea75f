namespace Storefront.Traffic;

/// <summary>How often an action of the staff was performed, refused to who asked for it, or failed; and how often nobody knows, because no answer came.</summary>
internal readonly record struct ActionCount(long Performed, long Refused, long Failed, long Unanswered);
