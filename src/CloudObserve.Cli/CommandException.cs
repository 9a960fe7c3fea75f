namespace CloudObserve.Cli;

/// <summary>Ends a command with a message on standard error and <see cref="ExitStatus.Failure"/>.</summary>
internal sealed class CommandException(string message) : Exception(message);
