namespace CloudObserve.Monitoring;

/// <summary>The exception that is thrown if the rule of a composite alarm is invalid. The message is in CloudWatch's words.</summary>
public sealed class AlarmRuleException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="AlarmRuleException"/> class.</summary>
    public AlarmRuleException()
    {
    }

    /// <inheritdoc cref="AlarmRuleException()"/>
    /// <param name="message">The fault.</param>
    public AlarmRuleException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="AlarmRuleException(string)"/>
    /// <param name="message">The fault.</param>
    /// <param name="innerException">The cause.</param>
    public AlarmRuleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal AlarmRuleException(string fault, int position)
        : base($"Error in AlarmRule [{fault}]") => Position = position;

    /// <summary>Gets the position of the fault in the rule.</summary>
    /// <value>The index of the first character that does not fit, starting at 0.</value>
    public int Position { get; }
}
