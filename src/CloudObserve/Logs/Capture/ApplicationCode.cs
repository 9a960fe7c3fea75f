using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Calls code of the application that returns text.</summary>
/// <remarks>If it throws, a marker takes the place of the text.</remarks>
internal static class ApplicationCode
{
    /// <summary>Returns the text, or a marker if the application's code throws.</summary>
    /// <param name="writer">Records the exception.</param>
    /// <param name="source">The object to read from.</param>
    /// <param name="read">Reads the text.</param>
    internal static string? Text<T>(RecordWriter writer, T source, Func<T, string?> read)
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return read(source);
        }
        catch (Exception exception)
        {
            // Any exception: the application's overrides may throw exceptions of any type.
            return writer.Failed(exception);
        }
    }
}
