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
    private readonly EventSelector[] _selectors;
    private readonly bool _includesManagement;
    private readonly string _source;

    /// <param name="options">Valid options, which <see cref="SelectorRules"/> has checked.</param>
    /// <param name="source">The source of events that specify none.</param>
    internal EventSelection(AuditTrailOptions options, string source)
    {
        _selectors = [.. options.EventSelectors.Select(s => new EventSelector(s))];
        _includesManagement = options.IncludeManagementEvents;
        _source = source;
    }

    internal bool Takes(AuditEvent auditEvent)
    {
        bool isDecided = false;
        foreach (EventSelector selector in _selectors)
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
}
