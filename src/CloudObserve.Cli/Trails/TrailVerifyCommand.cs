using System.CommandLine;
using System.Text;
using CloudObserve.Audit;

namespace CloudObserve.Cli.Trails;

/// <summary>Defines <c>cloudobserve trail verify</c>, which checks whether a trail is intact and complete.</summary>
internal sealed class TrailVerifyCommand
{
    internal const string Name = "verify";

    private readonly Argument<string> _directory = new("DIR") { Description = "The trail's directory, or a copy of it." };
    private readonly Option<string?> _publicKey = new("--public-key")
    {
        Description = "The file with the public key, PEM or DER. The default is public-key.pem in the directory, which anyone with write "
            + "access to the directory can replace.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _sinceDigest = new("--since-digest")
    {
        Description = "A copy of a digest that was stored elsewhere, with its signature beside it (.sig) if available. The trail must "
            + "still contain and continue it.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _from = TimeOption.Create("--from", "Only digests that end after this time, and their files.");
    private readonly Option<string?> _to =
        TimeOption.Create("--to", "Only digests that begin before this time, and their files; not the journal.");
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
            "Verifies an audit trail. The exit status is 0 if it is intact and complete, 1 if it is not intact, 2 if it is not complete, 3 "
                + "if it cannot be verified.")
        {
            _directory, _publicKey, _sinceDigest, _from, _to, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
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
        AuditVerification verdict = await verifier.VerifyAsync(cancellationToken).ConfigureAwait(false);
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

    // The exit status shows the verdict, even if the reader closes the output early.
    private void Write(string text)
    {
        try
        {
            _streams.Output.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException exception)
        {
            _streams.Error.WriteLine($"cloudobserve: {exception.Message}");
        }
    }
}
