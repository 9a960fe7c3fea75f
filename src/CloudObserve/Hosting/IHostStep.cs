namespace CloudObserve.Hosting;

/// <summary>Defines a step that must succeed before the host starts.</summary>
internal interface IHostStep
{
    /// <summary>Runs the step.</summary>
    /// <remarks>An exception fails the start.</remarks>
    void Starting();
}
