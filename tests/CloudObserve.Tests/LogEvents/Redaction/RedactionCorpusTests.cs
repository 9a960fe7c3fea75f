using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Tests.Logs;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.LogEvents.Redaction;

/// <summary>Measures both errors of redaction on texts as they occur: secrets that stay, and ordinary text that goes.</summary>
public sealed partial class RedactionCorpusTests
{
    private const int MinForms = 300;
    private const int MinTexts = 225;
    private const int MinPiece = 3;

    private static readonly JsonSerializerOptions Default = new() { Encoder = JavaScriptEncoder.Default };
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gets the ways in which a text gets into an event.</summary>
    public static TheoryData<string> Carriers => [.. Wraps.Keys];

    private static Dictionary<string, Func<string, string>> Wraps { get; } = new()
    {
        ["plain text"] = text => text,
        ["message"] = text => Nest(text, Relaxed),
        ["message, strict encoder"] = text => Nest(text, Default),
        ["JSON in JSON"] = text => Nest(Nest(text, Relaxed), Relaxed),
        ["JSON in JSON, strict encoder"] = text => Nest(Nest(text, Default), Default),
        ["strict JSON in JSON"] = text => Nest(Nest(Nest(text, Default), Default), Relaxed),
        ["three times"] = text => Nest(Nest(Nest(text, Relaxed), Default), Default),
        ["four times"] = text => Nest(Nest(Nest(Nest(text, Default), Default), Default), Default),
        ["logged message"] = text => Log(l => l.LogInformation("{Text}", text)),
        ["exception"] = text => Log(l => l.LogError(new InvalidOperationException(text), "failed")),
        ["scope"] = text => Log(l =>
        {
            using (l.BeginScope("in {Work}", text))
            {
                l.LogInformation("done");
            }
        }),
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public void No_secret_of_a_known_form_stays(string carrier)
    {
        string[] forms = [.. SecretForms.All, .. ToolSecretForms.All];
        string[] leaks = [.. forms.Where(form => Leaks(form, Wraps[carrier]))];

        Assert.True(forms.Length >= MinForms, $"{forms.Length} forms");
        Assert.True(leaks.Length == 0, $"{leaks.Length} of {forms.Length} leaked:\n{string.Join('\n', leaks)}");
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public void Ordinary_text_stays(string carrier)
    {
        string[] texts = [.. OrdinaryTexts.All, .. ToolOrdinaryTexts.All];
        string[] changed = [.. texts.Where(text => RedactorTests.Redact(Wraps[carrier](text)) is not null)];

        Assert.True(texts.Length >= MinTexts, $"{texts.Length} texts");
        Assert.True(changed.Length == 0, $"{changed.Length} of {texts.Length} were changed:\n{string.Join('\n', changed)}");
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public void Redacting_once_more_changes_nothing_and_JSON_stays_JSON(string carrier)
    {
        foreach (string form in SecretForms.All.Concat(ToolSecretForms.All))
        {
            string text = Wraps[carrier](Marks().Replace(form, "$1"));
            string redacted = RedactorTests.Redact(text)!;
            Assert.True(RedactorTests.Redact(redacted) is null, redacted);
            if (carrier != "plain text")
            {
                JsonDocument.Parse(redacted).Dispose();
            }
        }
    }

    [GeneratedRegex("«(.*?)»", RegexOptions.Singleline)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\[redacted:[a-z-]+\]")]
    private static partial Regex Markers();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Pieces();

    // A secret leaks when a piece of it that stands nowhere else in the text is still there.
    private static bool Leaks(string form, Func<string, string> wrap)
    {
        string rest = wrap(Marks().Replace(form, ""));
        string redacted = Markers().Replace(RedactorTests.Redact(wrap(Marks().Replace(form, "$1"))) ?? wrap(form), "");
        return Marks().Matches(form).SelectMany(m => Pieces().Matches(m.Groups[1].Value)).Select(m => m.Value)
            .Any(piece => piece.Length >= MinPiece && !rest.Contains(piece, StringComparison.Ordinal)
                && redacted.Contains(piece, StringComparison.Ordinal));
    }

    private static string Nest(string text, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(new { level = "Information", message = text }, options);

    private static string Log(Action<ILogger> log)
    {
        LogFixture fixture = new();
        log(fixture.Logger);
        return fixture.Text(new CloudObserve.Logs.JsonLogEventFormatter());
    }
}
