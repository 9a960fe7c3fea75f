namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Represents the part of a file that one thread reads.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Start">The offset of the part. A part begins with the first event that begins behind this offset, or at 0.</param>
/// <param name="End">The offset at which the next part begins; <see langword="null"/> for the last part.</param>
/// <param name="Open">Opens the file.</param>
/// <param name="OwnsStream">Whether the stream is disposed at the end.</param>
internal sealed record LogFilePart(string Name, long Start, long? End, Func<Stream> Open, bool OwnsStream = true);
