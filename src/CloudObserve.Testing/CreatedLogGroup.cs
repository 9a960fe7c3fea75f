using System.Globalization;

namespace CloudObserve.Testing;

/// <summary>Represents a log group of a <see cref="ScriptedCloudWatch"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Class">The class; <c>STANDARD</c> if none was given.</param>
/// <param name="KmsKeyId">The key; <see langword="null"/> if none was given.</param>
/// <param name="RetentionInDays">The retention in days; <see langword="null"/> means that events never expire.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Streams">The names of its log streams, in order of creation.</param>
public sealed record CreatedLogGroup(
    string Name, string Class, string? KmsKeyId, int? RetentionInDays, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Streams)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"CreatedLogGroup {{ Name = {Name}, Class = {Class}, KmsKeyId = {KmsKeyId}, RetentionInDays = {RetentionInDays}"
        + $", Tags = {Printed.Map(Tags)}, Streams = {Printed.List(Streams)} }}");
}
