namespace CloudObserve.Cli;

/// <summary>What the process ends with; the first three as <c>grep</c> has them, so that scripts can rely on habit. Verifying a trail has its own.</summary>
internal static class ExitStatus
{
    /// <summary>Done; a search found something.</summary>
    internal const int Success = 0;

    /// <summary>A search found nothing.</summary>
    internal const int NothingFound = 1;

    /// <summary>The command line or a pattern is wrong, or a file cannot be read or written.</summary>
    internal const int Failure = 2;

    /// <summary>A trail was verified: something in it was changed, removed, added or moved.</summary>
    internal const int NotIntact = 1;

    /// <summary>A trail was verified: what is there is intact, but something is missing.</summary>
    internal const int NotComplete = 2;

    /// <summary>A trail could not be verified, or the command line was wrong.</summary>
    internal const int CannotTell = 3;

    /// <summary>Ended by Ctrl+C: 128 and the number of the signal, as a shell would say.</summary>
    internal const int Interrupted = 130;
}
