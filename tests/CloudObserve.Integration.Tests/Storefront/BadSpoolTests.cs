using CloudObserve.Integration.Tests.Delivery;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>The shop as a real process on a spool that is worth a notice at start: it stops when it is told to.</summary>
public sealed class BadSpoolTests : IDisposable
{
    private const int Runs = 3;
    private const int Slots = 64;

    private readonly string _state = Directory.CreateTempSubdirectory("cloudobserve-badspool").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [PosixTheory]
    [InlineData("garbage")]
    [InlineData("no slot")]
    public async Task A_shop_on_a_bad_spool_ends_when_it_is_told_to(string harm)
    {
        for (int run = 0; run < Runs; run++)
        {
            Do(harm);

            // Nobody answers at that address: what is sent goes to the spool, or is lost and counted.
            using StorefrontProcess shop = StorefrontProcess.Start(
                [
                    new("AWS_ACCESS_KEY_ID", "test"), new("AWS_SECRET_ACCESS_KEY", "test"), new("AWS_REGION", "eu-west-1"),
                    new("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
                ],
                "--rate", "50", "--CloudObserve:Destination=Aws", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
                "--CloudObserve:Delivery:ShutdownTimeout=00:00:02", $"--CloudObserve:StateDirectory={_state}");
            await shop.StartedAsync();
            await shop.TerminateAsync();
            _ = await shop.ReportAsync();
        }
    }

    private void Do(string harm)
    {
        string spool = Path.Combine(_state, "spool");
        if (harm == "garbage")
        {
            string directory = Directory.CreateDirectory(Path.Combine(spool, "0", "logs")).FullName;
            File.WriteAllText(Path.Combine(directory, $"{DateTime.UtcNow.Ticks:D19}-0000000100000002-7.batch"), "this is no batch");
            return;
        }

        _ = Directory.CreateDirectory(spool);
        for (int slot = 0; slot < Slots; slot++)
        {
            File.WriteAllText(Path.Combine(spool, $"{slot}"), "");
        }
    }
}
