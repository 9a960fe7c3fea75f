namespace CloudObserve.Sinks.Local;

/// <summary>Thrown when the embedded CloudWatch refuses a request, as CloudWatch itself would.</summary>
public sealed class CloudWatchException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="CloudWatchException"/> class.</summary>
    /// <param name="code">CloudWatch's error code, such as <c>InvalidParameterValue</c>.</param>
    /// <param name="message">What is wrong, naming the member at fault.</param>
    public CloudWatchException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Gets CloudWatch's error code, such as <c>InvalidParameterValue</c>: the code of the query protocol, without the suffix <c>Exception</c>. CloudWatch Logs, which never spoke that protocol, has <c>InvalidParameterException</c> and the like.</summary>
    public string Code { get; }
}
