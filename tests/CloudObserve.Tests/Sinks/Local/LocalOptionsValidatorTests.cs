using CloudObserve.Local;
using CloudObserve.Sinks.Local;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Sinks.Local;

public sealed class LocalOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.True(new LocalOptionsValidator().Validate(null, new LocalOptions()).Succeeded);

    [Fact]
    public void All_faults_are_reported_at_once_with_key_value_and_range()
    {
        ValidateOptionsResult result = new LocalOptionsValidator().Validate(null, new LocalOptions
        {
            MaxSeries = 0,
            MaxBytes = 5,
            MaxLogBytes = 17_179_869_185,
        });

        Assert.Equal(
            [
                "CloudObserve:Local:MaxSeries is 0, but must be from 1 to 1000000.",
                "CloudObserve:Local:MaxBytes is 5, but must be from 1048576 to 17179869184.",
                "CloudObserve:Local:MaxLogBytes is 17179869185, but must be from 1048576 to 17179869184.",
            ],
            result.Failures);
    }

    [Fact]
    public void An_embedded_CloudWatch_is_not_made_with_options_out_of_range() =>
        Assert.ThrowsAny<OptionsValidationException>(() => new LocalCloudWatch(new LocalOptions { MaxSeries = -1 }));
}
