using System.Globalization;

namespace CloudObserve.Testing;

/// <summary>One request that reached a <see cref="ScriptedCloudWatch"/>, whatever came of it.</summary>
/// <param name="Operation">The operation, such as <c>PutMetricData</c>; empty when the request named none.</param>
/// <param name="Headers">The headers. Their names are compared without regard to case.</param>
/// <param name="WireBytes">The size of the body as received, in bytes.</param>
/// <param name="BodyBytes">The size of the body after decompression, in bytes.</param>
/// <param name="Fault">The fault that the script applied; <see langword="null"/> when there was none.</param>
public sealed record ReceivedRequest(
    string Operation, IReadOnlyDictionary<string, string> Headers, int WireBytes, int BodyBytes, Fault? Fault)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"ReceivedRequest {{ Operation = {Operation}, Headers = {Printed.Map(Headers)}, WireBytes = {WireBytes}"
        + $", BodyBytes = {BodyBytes}, Fault = {Fault} }}");
}
