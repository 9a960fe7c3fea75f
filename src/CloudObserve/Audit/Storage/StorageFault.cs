namespace CloudObserve.Audit.Storage;

/// <summary>Recognizes the exceptions that the file system throws.</summary>
internal static class StorageFault
{
    internal static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
