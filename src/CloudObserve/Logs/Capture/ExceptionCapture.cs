using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures an exception as text.</summary>
/// <remarks>
/// The parts are type, message, stack trace, the text of its own <c>ToString</c>, data, then the inner exceptions. Text is captured because
/// the properties of an exception can change and its objects must not be kept alive.
/// </remarks>
internal static class ExceptionCapture
{
    // Limits the size of an event. Longer chains result from recursion and repeat themselves.
    private const int MaxDepth = 16;
    private const int MaxInner = 64;
    private const int MaxExceptions = 256;

    // The number of exceptions that .NET itself visits when it creates the message of an aggregate or the text of an exception. It works
    // recursively, and it visits a shared inner exception once for each exception that contains it.
    private const int MaxNodesOfText = 10_000;
    private const int MaxDepthOfText = 100;

    private static readonly ConditionalWeakTable<Type, object> HasOwnText = [];
    private static readonly object Yes = new();
    private static readonly object No = new();

    internal static void Write(RecordWriter writer, Exception exception)
    {
        writer.Header.ExceptionOffset = writer.Position;
        int left = MaxExceptions;
        Write(writer, exception, 1, ref left);
    }

    /// <summary>Writes an exception of which only the text is known.</summary>
    internal static void Write(RecordWriter writer, string text)
    {
        writer.Header.ExceptionOffset = writer.Position;
        writer.WriteText("");
        writer.WriteText("");
        writer.WriteText(text);
        writer.WriteText("");
        writer.EndValues(writer.BeginValues(0), 0);
        writer.Write(0);
    }

    private static void Write(RecordWriter writer, Exception exception, int depth, ref int left)
    {
        left--;
        int nodes = MaxNodesOfText;
        bool isBounded = IsBounded(exception, MaxDepthOfText, ref nodes);
        writer.WriteText(exception.GetType().ToString());
        writer.WriteText(
            isBounded || exception is not AggregateException
                ? ApplicationCode.Text(writer, exception, static e => e.Message) : TooMany(writer));
        writer.WriteText(ApplicationCode.Text(writer, exception, static e => e.StackTrace));
        writer.WriteText(
            isBounded && HasTextOfItsOwn(exception.GetType()) ? ApplicationCode.Text(writer, exception, static e => e.ToString()) : null);
        WriteData(writer, exception);
        int place = writer.Position;
        writer.Write(0);
        int count = 0;
        if (exception is AggregateException aggregate)
        {
            for (int i = 0; i < aggregate.InnerExceptions.Count; i++)
            {
                if (count == MaxInner || !TryWriteInner(writer, aggregate.InnerExceptions[i], depth, ref left))
                {
                    writer.Header.Truncated = true;
                    break;
                }

                count++;
            }
        }
        else if (exception.InnerException is { } inner)
        {
            count = TryWriteInner(writer, inner, depth, ref left) ? 1 : 0;
        }

        writer.Patch(place, count);
    }

    private static bool TryWriteInner(RecordWriter writer, Exception inner, int depth, ref int left)
    {
        if (depth == MaxDepth || left == 0 || writer.IsFull)
        {
            writer.Header.Truncated = true;
            return false;
        }

        Write(writer, inner, depth + 1, ref left);
        return true;
    }

    private static void WriteData(RecordWriter writer, Exception exception)
    {
        int start = writer.BeginValues(0);
        int count = 0;
        try
        {
            if (exception.Data is { Count: > 0 } data)
            {
                count = NamedCapture.WriteAll(writer, (IEnumerable)data, out _);
            }
        }
        catch (Exception fault)
        {
            // Any exception: the application may override the property.
            count = NamedCapture.WriteFailed(writer, fault);
        }

        writer.EndValues(start, count);
    }

    private static bool HasTextOfItsOwn(Type type) => ReferenceEquals(Yes, HasOwnText.GetValue(type, FindText));

    // The texts of the framework's own exceptions contain nothing that the other parts lack.
    [UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "ToString is a virtual method of every object, and an override of a type that exists is kept.")]
    private static object FindText(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } declaring && !IsFramework(declaring) ? Yes : No;

    private static bool IsFramework(Type type) =>
        type.Assembly == typeof(object).Assembly || type.Assembly.GetName().Name is { } name
        && name.StartsWith("System.", StringComparison.Ordinal);

    private static string TooMany(RecordWriter writer)
    {
        writer.Header.Truncated = true;
        return "[truncated: too many inner exceptions]";
    }

    private static bool IsBounded(Exception exception, int depth, ref int nodes)
    {
        if (--nodes < 0 || depth == 0)
        {
            return false;
        }

        if (exception is not AggregateException aggregate)
        {
            return exception.InnerException is not { } inner || IsBounded(inner, depth - 1, ref nodes);
        }

        foreach (Exception inner in aggregate.InnerExceptions)
        {
            if (!IsBounded(inner, depth - 1, ref nodes))
            {
                return false;
            }
        }

        return true;
    }
}
