using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.LogEvents.Routing;

namespace CloudObserve.Logs;

/// <summary>Validates the options of logs.</summary>
internal static class LogsOptionsValidator
{
    private const int MinBufferBytes = 256 * 1024;
    private const int MaxBufferBytes = 1024 * 1024 * 1024;
    private static readonly TimeSpan MinFlushInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxFlushInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MinWhenFullTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxWhenFullTimeout = TimeSpan.FromMinutes(1);

    internal static void Check(OptionFaults faults, LogsOptions logs)
    {
        CheckNames(faults, logs);
        faults.Defined("Logs:Format", logs.Format);
        faults.Defined("Logs:FlushLevel", logs.FlushLevel);
        faults.Defined("Logs:WhenFull", logs.WhenFull);
        faults.Range("Logs:FlushInterval", logs.FlushInterval, MinFlushInterval, MaxFlushInterval);
        faults.Range("Logs:BufferBytes", logs.BufferBytes, MinBufferBytes, MaxBufferBytes);
        faults.Range("Logs:WhenFullTimeout", logs.WhenFullTimeout, MinWhenFullTimeout, MaxWhenFullTimeout);
        CheckRedaction(faults, logs.Redaction);
    }

    private static void CheckNames(OptionFaults faults, LogsOptions logs)
    {
        faults.Rule("Logs:LogGroup", logs.LogGroup, LogRules.CheckLogGroup(logs.LogGroup));
        faults.Rule("Logs:LogStream", logs.LogStream, LogRules.CheckLogStream(logs.LogStream));
        faults.Rule("Logs:RetentionInDays", logs.RetentionInDays, LogRules.CheckRetention(logs.RetentionInDays));
        faults.Rule("Logs:LogGroupClass", logs.LogGroupClass, LogRules.CheckClass(logs.LogGroupClass));
        faults.Rule("Logs:KmsKeyId", logs.KmsKeyId, LogRules.CheckKmsKeyId(logs.KmsKeyId));
        faults.Rule("Logs:Tags", string.Join(", ", logs.Tags.Keys), LogRules.CheckTags([.. logs.Tags]));
        for (int i = 0; i < logs.Routes.Count; i++)
        {
            faults.Rule($"Logs:Routes:{i}", logs.Routes[i].Category, LogRules.CheckRoute(logs.Routes[i]));
        }
    }

    private static void CheckRedaction(OptionFaults faults, RedactionOptions redaction)
    {
        for (int i = 0; i < redaction.FieldNames.Count; i++)
        {
            Check(faults, $"FieldNames:{i}", redaction.FieldNames[i], RedactionRules.CheckFieldName(redaction.FieldNames[i]));
        }

        foreach ((string name, string pattern) in redaction.Patterns)
        {
            Check(faults, $"Patterns:{name}", pattern, RedactionRules.CheckPattern(name, pattern));
        }

        // The key is a secret, so the message must not repeat it.
        Check(faults, "HashKey", "(set)", RedactionRules.CheckHashKey(redaction.HashKey));
    }

    private static void Check(OptionFaults faults, string key, string? value, string? broken)
    {
        if (broken is not null)
        {
            faults.Add($"Logs:Redaction:{key}", value, broken);
        }
    }
}
