using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>Reports everything that is wrong with the options, each fault on a line of its own.</summary>
/// <remarks>The base class writes all faults into one line, in which nobody finds the second.</remarks>
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
