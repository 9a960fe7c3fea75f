using System.Buffers;
using CloudObserve.Logs;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>A formatter that fails as one may: by quoting what it was to write.</summary>
internal sealed class ThrowingFormatter : ILogEventFormatter
{
    public void Format(in LogEvent logEvent, IBufferWriter<byte> output) =>
        throw new FormatException("Cannot write 'the customer is Anna'.");
}
