namespace CloudObserve.Filters;

/// <summary>Whether a JSON pattern tells the number <c>5</c> from the string <c>"5"</c>. AWS does not document it.</summary>
public enum FilterTyping
{
    /// <summary>A number literal equals JSON numbers only, a text literal JSON strings only.</summary>
    Strict,

    /// <summary>A number literal also equals a JSON string that spells the number, a text literal also the spelling of a number or boolean.</summary>
    Loose,
}
