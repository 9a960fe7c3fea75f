namespace CloudObserve.Events;

/// <summary>Identifies a rule.</summary>
/// <param name="Name">The name.</param>
/// <param name="Arn">The ARN.</param>
public sealed record RuleIdentity(string Name, string Arn);
