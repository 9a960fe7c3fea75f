namespace CloudObserve.Filters;

/// <summary>The three languages a filter pattern can be written in; its first character decides which.</summary>
public enum FilterPatternKind
{
    /// <summary>Words, quoted phrases and regular expressions that occur, or do not, anywhere in the event.</summary>
    Terms,

    /// <summary>Conditions in <c>{ }</c> on the properties of an event that is JSON.</summary>
    Json,

    /// <summary>Fields in <c>[ ]</c> that stand for the blank-separated parts of the event.</summary>
    SpaceDelimited,
}
