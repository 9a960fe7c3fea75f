using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>Creates a directory for files of the library, with a <c>.gitignore</c>, because it may be in the folder of a project.</summary>
internal static class OwnDirectory
{
    /// <summary>The name of the file that keeps a directory's content out of a repository.</summary>
    internal const string IgnoreFile = ".gitignore";

    /// <summary>Creates a directory. An existing directory is not changed.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="create">Creates the directory and its parents.</param>
    /// <returns>The reason why the <c>.gitignore</c> could not be written; <see langword="null"/> if it was written or is not needed. The
    /// directory can be used either way.</returns>
    internal static Exception? Create(string path, Action<string> create)
    {
        bool isNew = !Directory.Exists(path);
        create(path);
        if (!isNew)
        {
            return null;
        }

        try
        {
            using SafeFileHandle file = PrivateFiles.CreateNew(Path.Combine(path, IgnoreFile));
            RandomAccess.Write(file, "*\n"u8, fileOffset: 0);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process may have created both meanwhile.
            return File.Exists(Path.Combine(path, IgnoreFile)) ? null : exception;
        }
    }
}
