using System.Runtime.InteropServices;

namespace CloudObserve.Logs.Capture;

/// <summary>The fixed beginning of a captured record. It never leaves the process, so it is laid out as memory is.</summary>
/// <remarks>
/// A text reference is the id of a text in the <see cref="TextTable"/> when positive, the negated offset of a text in the record when
/// negative, and nothing when 0. Offsets count from the start of the record; 0 says there is no such part.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal record struct RecordHeader
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
