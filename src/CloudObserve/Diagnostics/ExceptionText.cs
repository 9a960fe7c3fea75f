namespace CloudObserve.Diagnostics;

/// <summary>Reads the message of an exception that the application threw. The message may be an override of the application's, and throw itself.</summary>
internal static class ExceptionText
{
    /// <summary>Gets the message, or a remark that there is none to be had.</summary>
    internal static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception fault)
        {
            // Any exception: see above.
            return $"(its message threw {fault.GetType().Name})";
        }
    }
}
