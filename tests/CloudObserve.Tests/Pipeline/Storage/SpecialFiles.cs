using System.Diagnostics;

namespace CloudObserve.Tests.Pipeline.Storage;

/// <summary>Makes what is no regular file, for tests of code that must not be held up by it.</summary>
internal static class SpecialFiles
{
    /// <summary>Creates a pipe with a name. Who opens it in the usual way waits for somebody at its other end.</summary>
    internal static void MakePipe(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Creates a file that has a length but takes no room on the disk.</summary>
    internal static void MakeSparse(string path, long length)
    {
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        file.SetLength(length);
    }
}
