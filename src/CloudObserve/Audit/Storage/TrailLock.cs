using System.Globalization;
using System.Text;

namespace CloudObserve.Audit.Storage;

/// <summary>Keeps other processes from writing the same trail, for as long as this one lives: the system lets go of it even when the process is killed.</summary>
internal sealed class TrailLock : IDisposable
{
    // What the framework says when a file is held; the same exception also stands for a full or read-only disk.
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private TrailLock(FileStream file) => _file = file;

    /// <exception cref="AuditTrailException">Somebody else holds it.</exception>
    internal static TrailLock Take(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            throw new AuditTrailException(
                $"The audit trail in '{Path.GetDirectoryName(path)}' is being written by another process: '{path}' is held. "
                + "Give each process a directory of its own (CloudObserve:AuditTrail:Directory).",
                held);
        }

        // For whoever looks for the process that holds it; the lock itself is the open file.
        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}\n")));
        file.Flush();
        return new TrailLock(file);
    }

    public void Dispose() => _file.Dispose();
}
