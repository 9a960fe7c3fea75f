namespace Storefront.Traffic;

/// <summary>Represents the counts of a staff action: performed, refused, failed, and unknown because there was no answer.</summary>
internal readonly record struct ActionCount(long Performed, long Refused, long Failed, long Unanswered);
