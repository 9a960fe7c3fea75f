using System.Buffers;
using CloudObserve.Contracts;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks the names of log groups and streams against CloudWatch Logs' rules.</summary>
internal static class LogNameRules
{
    /// <summary>CloudWatch Logs: a group name must not begin with this; <c>/aws/</c> is reserved only by convention.</summary>
    private const string ReservedPrefix = "aws/";

    private static readonly SearchValues<char> GroupCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_/#");

    internal static void CheckGroup(string? name, string path)
    {
        CheckLength(name, path);
        if (name.AsSpan().ContainsAnyExcept(GroupCharacters))
        {
            throw LogErrors.Constraint(path, @"Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+");
        }

        if (name!.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            throw LogErrors.Constraint(path, $"Log groups starting with {ReservedPrefix} are reserved");
        }
    }

    internal static void CheckStream(string? name, string path)
    {
        CheckLength(name, path);
        if (name.AsSpan().ContainsAny(':', '*'))
        {
            throw LogErrors.Constraint(path, "Member must satisfy regular expression pattern: [^:*]*");
        }
    }

    /// <summary>Checks the names or the prefix of the log streams to read.</summary>
    internal static void CheckStreams(IReadOnlyList<string> names, string? prefix)
    {
        if (names.Count > 0 && prefix is not null)
        {
            throw LogErrors.Invalid("logStreamNames and logStreamNamePrefix cannot be given together.");
        }

        foreach (string name in names)
        {
            CheckStream(name, "logStreamNames");
        }
    }

    private static void CheckLength(string? name, string path)
    {
        if (name is null)
        {
            throw LogErrors.Constraint(path, "Member must not be null");
        }

        if (name.Length is 0 or > ServiceLimits.PutLogEvents.MaxNameLength)
        {
            throw LogErrors.Constraint(path, $"Member must have length from 1 to {ServiceLimits.PutLogEvents.MaxNameLength}");
        }
    }
}
