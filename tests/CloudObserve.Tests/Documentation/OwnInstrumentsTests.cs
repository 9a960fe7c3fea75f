using System.Diagnostics.Metrics;
using CloudObserve.Audit;
using CloudObserve.Diagnostics;
using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

public sealed class OwnInstrumentsTests
{
    [Fact]
    public void Each_instrument_of_the_library_stands_in_the_page_on_status()
    {
        string page = Repository.ReadText("docs/status.md");
        List<string> instruments = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (instruments)
                {
                    instruments.AddRange(instrument.Meter.Name == CloudObserveMeter.Name ? [instrument.Name] : []);
                }
            },
        };
        listener.Start();
        using CloudObserveMeter own = new(null, new SignalSources());
        using AuditInstruments audit = new(null);

        lock (instruments)
        {
            Assert.Contains("cloudobserve.intake.changes", instruments);
            Rule.Holds("Operators look up what a metric means.", instruments.Distinct()
                .Where(i => !page.Contains($"`{i}`", StringComparison.Ordinal)));
        }
    }
}
