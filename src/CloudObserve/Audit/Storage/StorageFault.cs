namespace CloudObserve.Audit.Storage;

/// <summary>What the file system throws when something cannot be done.</summary>
internal static class StorageFault
{
    internal static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
