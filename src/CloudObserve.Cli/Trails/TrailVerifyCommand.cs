using System.CommandLine;
using System.Text;
using CloudObserve.Audit;

namespace CloudObserve.Cli.Trails;

/// <summary><c>cloudobserve trail verify</c>: says whether a trail is intact, and whether it is complete.</summary>
internal sealed class TrailVerifyCommand
{
    internal const string Name = "verify";

    private readonly Argument<string> _directory = new("DIR") { Description = "The trail's directory, or a copy of it." };
    private readonly Option<string?> _publicKey = new("--public-key")
    {
        Description = "The file with the public key, PEM or DER. Without it public-key.pem in the directory, which whoever can write there can replace.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _sinceDigest = new("--since-digest")
    {
        Description = "A copy of a digest that was kept elsewhere, with its signature beside it (.sig) if that was kept too. The trail must still go on from it.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _from = TimeOption.Create("--from", "Only what digests that end after it vouch for.");
    private readonly Option<string?> _to = TimeOption.Create("--to", "Only what digests that begin before it vouch for, and no journal.");
    private readonly Option<bool> _json = new("--json") { Description = "Print the verdict as JSON." };

    private readonly StandardStreams _streams;

    private TrailVerifyCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new TrailVerifyCommand(streams).CreateCommand();

    private static int Status(AuditVerification verdict) => verdict switch
    {
        { Intact: AuditAnswer.No } => ExitStatus.NotIntact,
        { Intact: AuditAnswer.Unknown } or { Complete: AuditAnswer.Unknown } => ExitStatus.CannotTell,
        { Complete: AuditAnswer.No } => ExitStatus.NotComplete,
        _ => ExitStatus.Success,
    };

    private Command CreateCommand()
    {
        Command command = new(
            Name,
            "Verifies an audit trail. The exit status is 0 if it is intact and complete, 1 if it is not intact, 2 if it is not complete, 3 if it cannot be told.")
        {
            _directory, _publicKey, _sinceDigest, _from, _to, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string directory = parsed.GetValue(_directory)!;
        if (!Directory.Exists(directory))
        {
            throw new CommandException($"there is no directory '{directory}'", ExitStatus.CannotTell);
        }

        AuditTrailVerifier verifier = new(directory, new AuditVerificationOptions
        {
            PublicKeyFile = parsed.GetValue(_publicKey),
            SinceDigestFile = parsed.GetValue(_sinceDigest),
            From = TimeOption.Read(parsed, _from, ExitStatus.CannotTell),
            To = TimeOption.Read(parsed, _to, ExitStatus.CannotTell),
        });
        AuditVerification verdict = await verifier.VerifyAsync(cancellation).ConfigureAwait(false);
        using StringWriter text = new() { NewLine = "\n" };
        if (parsed.GetValue(_json))
        {
            VerdictJson.Write(text, verdict);
        }
        else
        {
            VerdictText.Write(text, verdict);
        }

        Write(text.ToString());
        return Status(verdict);
    }

    // The verdict is the exit status, also when nobody reads to the end what is said about it.
    private void Write(string text)
    {
        try
        {
            _streams.Output.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException failure)
        {
            _streams.Error.WriteLine($"cloudobserve: {failure.Message}");
        }
    }
}
