namespace CloudObserve.Local;

/// <summary>Thrown when the embedded CloudWatch refuses a request, as CloudWatch itself would.</summary>
public sealed class CloudWatchException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="CloudWatchException"/> class.</summary>
    /// <param name="code">CloudWatch's error code, such as <c>InvalidParameterValue</c>.</param>
    /// <param name="message">The description of the fault, with the name of the invalid member.</param>
    public CloudWatchException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Gets CloudWatch's error code, such as <c>InvalidParameterValue</c>.</summary>
    /// <remarks>
    /// It is the code of the query protocol, without the suffix <c>Exception</c>. CloudWatch Logs never used that protocol, so its codes
    /// are <c>InvalidParameterException</c> and the like.
    /// </remarks>
    public string Code { get; }
}
