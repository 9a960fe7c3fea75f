using System.Buffers;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Cases;

/// <summary>Evaluates a file of cases: each line has a pattern and an event, and each answer is a line.</summary>
internal sealed class CaseFile(StandardStreams streams)
{
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _output = new(FlushBytes);

    internal static Option<string?> CreateOption(string form) => new("--cases")
    {
        Description = $"Evaluate a file of JSON lines {form}, or standard input for '-', and print for each "
            + """{"id","result":"match|no-match|invalid","reason"}.""",
        HelpName = "FILE",
    };

    /// <summary>Demands a pattern or a file of cases, and refuses what has no effect on cases.</summary>
    internal static void DemandOne(
        CommandResult result, Option<string> pattern, Option<string?> cases, Argument<string[]> files, params Option[] others)
    {
        bool hasPattern = result.GetResult(pattern) is { Implicit: false };
        bool hasCases = result.GetResult(cases) is { Implicit: false };
        if (!hasPattern && !hasCases)
        {
            result.AddError($"Option '{pattern.Name}' is required.");
        }
        else if (hasPattern && hasCases)
        {
            result.AddError($"'{pattern.Name}' and '{cases.Name}' cannot be used together: each case has its own pattern.");
        }
        else if (hasCases && result.GetResult(files) is { Tokens.Count: > 0 })
        {
            result.AddError($"'{cases.Name}' and {files.Name} cannot be used together: each case has its own event.");
        }
        else if (hasCases && Array.Find(others, option => result.GetResult(option) is { Implicit: false }) is { } other)
        {
            result.AddError($"'{cases.Name}' and '{other.Name}' cannot be used together: the answers to cases have one form.");
        }
    }

    /// <summary>Evaluates all cases.</summary>
    /// <param name="file">The name of the file, or <see cref="InputText.StandardInput"/>.</param>
    /// <param name="input">The name of the member with the event or message.</param>
    /// <param name="evaluate">Evaluates a pattern on an event.</param>
    /// <param name="cancellationToken">The token that ends the evaluation.</param>
    /// <returns>The exit status.</returns>
    internal async Task<int> RunAsync(
        string file, string input, Func<string, string, CaseResult> evaluate, CancellationToken cancellationToken)
    {
        if (file == InputText.StandardInput)
        {
            return await RunAsync(streams.Input, input, evaluate, cancellationToken).ConfigureAwait(false);
        }

        InputFile.Check(file);
        FileStream stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            return await RunAsync(stream, input, evaluate, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> RunAsync(
        Stream stream, string input, Func<string, string, CaseResult> evaluate, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, leaveOpen: true);
        int status = ExitStatus.Success;
        for (int number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                CaseRow row = CaseRow.Read(Encoding.UTF8.GetBytes(line), input);
                Write(row.Id, evaluate(row.Pattern, row.Input));
            }
            catch (JsonException exception)
            {
                status = ExitStatus.Failure;
                streams.Tell(string.Create(CultureInfo.InvariantCulture, $"line {number} is not a case: {Fault(exception)}"));
            }

            Flush(FlushBytes);
        }

        Flush(1);
        return status;
    }

    // The reader of JSON names the place. The rules of cases have none.
    private static string Fault(JsonException exception) =>
        exception.LineNumber is null ? exception.Message : JsonFault.Describe(exception);

    private void Write(string? id, CaseResult result)
    {
        using (Utf8JsonWriter json = new(_output, Relaxed))
        {
            json.WriteStartObject();
            if (id is not null)
            {
                json.WritePropertyName("id");
                json.WriteRawValue(id);
            }

            json.WriteString("result", result.Result);
            if (result.Reason is not null)
            {
                json.WriteString("reason", result.Reason);
            }

            json.WriteEndObject();
        }

        _output.Write("\n"u8);
    }

    private void Flush(int minBytes)
    {
        if (_output.WrittenCount >= minBytes)
        {
            streams.Output.Write(_output.WrittenSpan);
            _output.ResetWrittenCount();
        }
    }
}
