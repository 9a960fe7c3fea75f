using System.Runtime.InteropServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Represents the fixed first part of a captured record.</summary>
/// <remarks>
/// Records never leave the process, so it has the memory layout of the machine. A positive text reference is the id of a text in the
/// <see cref="InternTable"/>. A negative one is the negated offset of a text in the record. 0 means no text. Offsets count from the start
/// of the record; 0 means that the part does not exist.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal record struct LogRecordHeader
{
    internal long UtcTicks;
    internal int Category;
    internal int Template;
    internal int EventName;
    internal int EventId;
    internal int MessageOffset;
    internal int ValuesOffset;
    internal int ScopesOffset;
    internal int ScopeCount;
    internal int ExceptionOffset;
    internal byte Level;
    internal bool HasTrace;
    internal bool Truncated;
}
