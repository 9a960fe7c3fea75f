namespace CloudObserve.Cli;

/// <summary>Contains the exit statuses.</summary>
/// <remarks>The first three are those of <c>grep</c>; verification of a trail has its own.</remarks>
internal static class ExitStatus
{
    /// <summary>The command succeeded; a search found something.</summary>
    internal const int Success = 0;

    /// <summary>A search found nothing.</summary>
    internal const int NothingFound = 1;

    /// <summary>An expectation of a test was not met.</summary>
    internal const int TestFailed = 1;

    /// <summary>The command line or a pattern is invalid, or a file cannot be read or written.</summary>
    internal const int Failure = 2;

    /// <summary>Verification found that something in the trail was changed, removed, added or moved.</summary>
    internal const int NotIntact = 1;

    /// <summary>Verification found the existing trail intact, but something is missing.</summary>
    internal const int NotComplete = 2;

    /// <summary>A trail could not be verified, or the command line is invalid.</summary>
    internal const int CannotTell = 3;

    /// <summary>The command was ended by Ctrl+C: 128 plus the number of the signal, as in a shell.</summary>
    internal const int Interrupted = 130;
}
