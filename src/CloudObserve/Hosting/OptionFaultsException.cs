using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>The exception that is thrown when options are invalid.</summary>
/// <remarks>Its message has one line per fault. The message of the base class puts all faults on one line, which is hard to read.</remarks>
/// <param name="optionsName">The name of the options.</param>
/// <param name="faults">The faults.</param>
internal sealed class OptionFaultsException(string optionsName, IReadOnlyList<string> faults)
    : OptionsValidationException(optionsName, typeof(CloudObserveOptions), faults)
{
    /// <inheritdoc/>
    public override string Message => faults.Count == 1
        ? faults[0]
        : string.Join(Environment.NewLine, [$"The options of CloudObserve have {faults.Count} faults:", .. faults.Select(f => $"  {f}")]);
}
