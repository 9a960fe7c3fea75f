namespace CloudObserve.Cli;

/// <summary>The exception that is thrown to end a command with a message on standard error.</summary>
internal sealed class CommandException(string message, int status = ExitStatus.Failure) : Exception(message)
{
    /// <summary>Gets the exit status.</summary>
    internal int Status { get; } = status;
}
