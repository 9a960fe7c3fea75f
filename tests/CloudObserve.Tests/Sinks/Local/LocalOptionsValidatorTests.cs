using CloudObserve.Local;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Sinks.Local;

public sealed class LocalOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.NotNull(new LocalCloudWatch(new LocalOptions()));

    [Fact]
    public void All_faults_are_reported_at_once_with_key_value_and_range()
    {
        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(() => new LocalCloudWatch(new LocalOptions
        {
            MaxSeries = 0,
            MaxBytes = 5,
            MaxLogBytes = 17_179_869_185,
            Directory = " ",
        }));

        Assert.Equal(
            [
                "CloudObserve:Local:MaxSeries is '0', but must be from 1 to 1000000",
                "CloudObserve:Local:MaxBytes is '5', but must be from 1048576 to 17179869184",
                "CloudObserve:Local:MaxLogBytes is '17179869185', but must be from 1048576 to 17179869184",
                "CloudObserve:Local:Directory is ' ', but must be the path of a directory, or not set",
            ],
            fault.Failures);
    }
}
