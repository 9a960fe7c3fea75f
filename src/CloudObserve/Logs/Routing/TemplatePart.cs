namespace CloudObserve.Logs.Routing;

/// <summary>A part of a template: text, or a placeholder.</summary>
internal readonly record struct TemplatePart(Placeholder Placeholder, string Text);
