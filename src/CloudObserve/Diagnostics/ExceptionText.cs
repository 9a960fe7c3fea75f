namespace CloudObserve.Diagnostics;

/// <summary>Reads the message of an exception thrown by the application.</summary>
/// <remarks>The application may override the property, so reading it may throw.</remarks>
internal static class ExceptionText
{
    /// <summary>Returns the message, or a placeholder if reading it throws.</summary>
    internal static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception fault)
        {
            // Any exception, because the getter is application code.
            return $"(its message threw {fault.GetType().Name})";
        }
    }
}
