using System.Globalization;

namespace CloudObserve.Testing;

/// <summary>A log group of a <see cref="ScriptedCloudWatch"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Class">The class; <c>STANDARD</c> when none was given.</param>
/// <param name="KmsKeyId">The key; <see langword="null"/> when none was given.</param>
/// <param name="RetentionInDays">The retention; <see langword="null"/> keeps events for ever.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Streams">The names of its log streams, in order of creation.</param>
public sealed record CreatedLogGroup(
    string Name, string Class, string? KmsKeyId, int? RetentionInDays, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Streams)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"CreatedLogGroup {{ Name = {Name}, Class = {Class}, KmsKeyId = {KmsKeyId}, RetentionInDays = {RetentionInDays}"
        + $", Tags = {Printed.Map(Tags)}, Streams = {Printed.List(Streams)} }}");
}
