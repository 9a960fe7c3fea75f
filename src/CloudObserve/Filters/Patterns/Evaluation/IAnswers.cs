namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Provides the results of a decision's tests.</summary>
/// <remarks>Structs implement it, so that calls are not virtual.</remarks>
internal interface IAnswers
{
    bool Holds(int test);
}
