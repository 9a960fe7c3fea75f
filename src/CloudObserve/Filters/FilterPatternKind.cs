namespace CloudObserve.Filters;

/// <summary>Specifies the language of a filter pattern.</summary>
/// <remarks>The first character of the pattern decides.</remarks>
public enum FilterPatternKind
{
    /// <summary>Words, quoted phrases and regular expressions that must or must not occur anywhere in the event.</summary>
    Terms,

    /// <summary>Conditions in <c>{ }</c> on the properties of a JSON event.</summary>
    Json,

    /// <summary>Fields in <c>[ ]</c> for the blank-separated parts of the event.</summary>
    SpaceDelimited,
}
