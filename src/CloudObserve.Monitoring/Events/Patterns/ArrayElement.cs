namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents an object or array that is an element of an array of the event.</summary>
/// <param name="Parent">The element that contains the array; 0 if none does.</param>
/// <param name="Array">The number of the array.</param>
/// <param name="Node">The node of the path to the array.</param>
/// <param name="Depth">The number of elements around it, and itself.</param>
/// <param name="FirstValue">The number of the first value in it.</param>
/// <param name="EndValue">The number behind the last value in it.</param>
internal record struct ArrayElement(int Parent, int Array, int Node, int Depth, int FirstValue, int EndValue);
