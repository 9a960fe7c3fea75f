namespace CloudObserve.Tests.Documentation;

/// <summary>A section of the configuration.</summary>
/// <param name="Package">The package that reads it.</param>
/// <param name="Path">Its path; <c>{name}</c> and <c>{n}</c> stand for what the user chooses.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Remarks">What else is to know of it.</param>
/// <param name="Keys">Its keys, in the order of the source.</param>
internal sealed record OptionSection(string Package, string Path, string Summary, string Remarks, IReadOnlyList<OptionKey> Keys);
