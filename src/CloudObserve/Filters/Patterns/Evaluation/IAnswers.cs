namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Answers the questions of a decision. Implemented by structs, so that asking costs no virtual call.</summary>
internal interface IAnswers
{
    bool Holds(int test);
}
