namespace CloudObserve.Audit.Selection;

/// <summary>Decides which events are kept.</summary>
/// <remarks>
/// A category is decided by its selectors. Without any, management events are kept unless that is switched off, and of the others those are kept
/// when there are no selectors at all: an application that records an event and was told nothing about selecting means it to be kept.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class EventSelection
{
    private readonly EventSelector[] _selectors;
    private readonly bool _includesManagement;
    private readonly string _source;

    /// <param name="options">Valid options: <see cref="SelectorRules"/> has checked them.</param>
    /// <param name="source">The source of events that name none.</param>
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
