namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a key of an object of the event that leads to a node, to find repeated keys.</summary>
/// <param name="Object">The number of the object. Objects that begin later have higher numbers.</param>
/// <param name="FirstValue">The number of the first value below the key.</param>
/// <param name="EndValue">The number behind the last value below the key.</param>
/// <param name="Previous">The earlier key that leads to the same node; -1 if there is none.</param>
internal record struct EventKey(int Object, int FirstValue, int EndValue, int Previous);
