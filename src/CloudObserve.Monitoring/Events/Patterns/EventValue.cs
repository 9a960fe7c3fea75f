namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a value of an event at a field of a pattern.</summary>
/// <param name="Field">The field; -1 if a later key of the same name replaced the value.</param>
/// <param name="Element">The innermost element of an array that contains the value; 0 if it is in none.</param>
/// <param name="FirstHit">The place of its first test among the noted ones.</param>
/// <param name="Start">The place of the value in the event.</param>
/// <param name="Length">The number of its bytes.</param>
internal record struct EventValue(int Field, int Element, int FirstHit, int Start, int Length);
