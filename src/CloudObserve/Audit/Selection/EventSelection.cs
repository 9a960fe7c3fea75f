namespace CloudObserve.Audit.Selection;

/// <summary>Decides which events are kept.</summary>
/// <remarks>
/// The selectors for a category decide about its events. Without such selectors, management events are kept unless this is switched off.
/// Other events are kept only if there are no selectors at all, because an application that records events and configures no selection
/// expects them to be kept.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class EventSelection
{
    private readonly Selector[] _selectors;
    private readonly bool _includesManagement;
    private readonly string _source;

    /// <param name="options">Valid options, which <see cref="SelectorRules"/> has checked.</param>
    /// <param name="source">The source of events that specify none.</param>
    internal EventSelection(AuditTrailOptions options, string source)
    {
        _selectors = [.. options.EventSelectors.Select(s => new Selector(s))];
        _includesManagement = options.IncludeManagementEvents;
        _source = source;
    }

    internal bool Takes(AuditEvent auditEvent)
    {
        bool isDecided = false;
        foreach (Selector selector in _selectors)
        {
            if (selector.Category == auditEvent.EventCategory)
            {
                isDecided = true;
                if (selector.Takes(auditEvent, _source))
                {
                    return true;
                }
            }
        }

        return !isDecided && auditEvent.EventCategory switch
        {
            AuditEventCategory.Management => _includesManagement,
            AuditEventCategory.Data => _selectors.Length == 0,
            _ => true,
        };
    }

    // Represents a selector, which matches an event if all of its conditions hold.
    private sealed class Selector
    {
        private readonly SelectorCondition[] _conditions;

        internal Selector(AuditEventSelectorOptions options)
        {
            AuditFieldSelectorOptions category = options.FieldSelectors.First(f => f.Field == SelectorFields.EventCategory);
            Category = Enum.Parse<AuditEventCategory>(category.EqualTo[0]);
            _conditions = [.. options.FieldSelectors.Where(f => f.Field != category.Field).Select(f => new SelectorCondition(f))];
        }

        internal AuditEventCategory Category { get; }

        internal bool Takes(AuditEvent auditEvent, string source) => Array.TrueForAll(_conditions, c => c.Holds(auditEvent, source));
    }
}
