using System.Diagnostics;

namespace CloudObserve.Integration.Tests.Audit;

/// <summary>The AWS CLI's Python code, where it is installed.</summary>
internal static class AwsCli
{
    private static readonly Lazy<string?> Fault = new(FindFault);

    /// <summary>Gets why it cannot be used; <see langword="null"/> when it can.</summary>
    internal static string? Missing => Fault.Value;

    internal static async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    private static string? FindFault()
    {
        try
        {
            using Process process =
                Process.Start(new ProcessStartInfo("python3", ["-c", "import awscli.customizations.cloudtrail.validation, rsa"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "python3 finds no awscli (pip install awscli).";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "python3 is not on PATH.";
        }
    }
}
