namespace CloudObserve.Logs.Routing;

/// <summary>Represents a part of a template: fixed text or a placeholder.</summary>
internal readonly record struct TemplatePart(Placeholder Placeholder, string Text);
