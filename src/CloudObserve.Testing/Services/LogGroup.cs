namespace CloudObserve.Testing.Services;

/// <summary>Represents a log group with its streams.</summary>
/// <remarks>The lock of <see cref="LogGroups"/> guards it.</remarks>
internal sealed class LogGroup(string name, string logClass, string? key, IReadOnlyDictionary<string, string> tags)
{
    internal int? RetentionInDays { get; set; }

    internal List<string> Streams { get; } = [];

    internal CreatedLogGroup ToResult() => new(name, logClass, key, RetentionInDays, tags, [.. Streams]);
}
