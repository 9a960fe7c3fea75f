namespace CloudObserve.Audit.Selection;

/// <summary>Represents a selector, which matches an event if all of its conditions hold.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class EventSelector
{
    private readonly SelectorCondition[] _conditions;

    internal EventSelector(AuditEventSelectorOptions options)
    {
        Category = Enum.Parse<AuditEventCategory>(options.FieldSelectors.First(f => f.Field == SelectorFields.EventCategory).EqualTo[0]);
        _conditions = [.. options.FieldSelectors.Where(f => f.Field != SelectorFields.EventCategory).Select(f => new SelectorCondition(f))];
    }

    internal AuditEventCategory Category { get; }

    internal bool Takes(AuditEvent auditEvent, string source) => Array.TrueForAll(_conditions, c => c.Holds(auditEvent, source));
}
