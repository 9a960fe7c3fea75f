using CloudObserve.Audit;
using CloudObserve.Integration.Tests.Storefront;

namespace CloudObserve.Integration.Tests.Samples;

public sealed class QuickStartTests : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _directory.Delete(recursive: true);

    [PosixFact]
    public async Task The_smallest_application_delivers_an_order_and_leaves_a_trail_that_verifies()
    {
        using RunningProgram app = RunningProgram.Start(
            BuiltProgram.PathOf("samples", "QuickStart"), [], "--urls", "http://127.0.0.1:0", "--contentRoot", _directory.FullName);
        await app.PrintedAsync(line => line.Contains(Listening, StringComparison.Ordinal));
        using HttpClient client = new() { BaseAddress = Address(app.Output) };

        Assert.Equal("placed\n", await (await client.PostAsync("orders/250", null)).Content.ReadAsStringAsync());
        Assert.Equal("4711 is cancelled\n", await (await client.DeleteAsync("orders/4711")).Content.ReadAsStringAsync());
        Assert.Contains("audit", await client.GetStringAsync("status"), StringComparison.Ordinal);
        await app.TerminateAsync();
        await app.EndedAsync();

        AuditVerification verdict = await new AuditTrailVerifier(Path.Combine(_directory.FullName, "audit")).VerifyAsync();
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes, 1), (verdict.Intact, verdict.Complete, verdict.Records));
    }

    private static Uri Address(IEnumerable<string> output)
    {
        string line = output.First(l => l.Contains(Listening, StringComparison.Ordinal));
        return new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
    }
}
