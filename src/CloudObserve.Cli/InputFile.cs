namespace CloudObserve.Cli;

/// <summary>Checks the names of input files that the user gave.</summary>
/// <remarks>The messages of the file system and of parsers say neither that a name is empty nor that it is a directory's.</remarks>
internal static class InputFile
{
    /// <summary>Returns why a name cannot be that of an input file.</summary>
    /// <returns><see langword="null"/> if there is a file of this name.</returns>
    internal static string? Fault(string file) =>
        string.IsNullOrWhiteSpace(file) ? "the name of a file is empty"
        : Directory.Exists(file) ? $"'{file}' is a directory, not a file"
        : File.Exists(file) ? null
        : $"there is no file '{file}'";

    /// <summary>Ends the command if there is no file of this name.</summary>
    /// <exception cref="CommandException">The name is empty or a directory's, or there is no such file.</exception>
    internal static void Check(string file)
    {
        if (Fault(file) is { } fault)
        {
            throw new CommandException(fault);
        }
    }
}
