using System.Collections;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>Fails wherever a log call can look at it.</summary>
internal sealed class Throwing : IEnumerable, IFormattable
{
    internal static InvalidOperationException Fault { get; } = new("asked too much");

    public IEnumerator GetEnumerator() => throw Fault;

    public override string ToString() => throw Fault;

    public string ToString(string? format, IFormatProvider? formatProvider) => throw Fault;

    /// <summary>Fails when it is turned into text, being nothing else.</summary>
    internal sealed class AsText
    {
        public override string ToString() => throw Fault;
    }

    /// <summary>Logs while it is turned into text.</summary>
    internal sealed class Logging(ILogger logger, string text) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider)
        {
            logger.LogInformation("While writing {Text} another {Event}", text, "event");
            return text;
        }
    }

    /// <summary>Logs itself while it is turned into text.</summary>
    internal sealed class Endless(ILogger logger)
    {
        public override string ToString()
        {
            logger.LogInformation("Me: {Me}", this);
            return "me";
        }
    }

    /// <summary>Fails when it is asked how long it is.</summary>
    internal sealed class AsList : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => throw Fault;

        public KeyValuePair<string, object?> this[int index] => throw Fault;

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw Fault;

        IEnumerator IEnumerable.GetEnumerator() => throw Fault;
    }

    /// <summary>Fails wherever an exception can be asked, but for its type.</summary>
    internal sealed class AsException : Exception
    {
        public override string Message => throw Fault;

        public override string? StackTrace => throw Fault;

        public override IDictionary Data => throw Fault;

        public override string ToString() => throw Fault;
    }
}
