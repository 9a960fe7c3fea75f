namespace CloudObserve.Monitoring.Patterns;

/// <summary>A signature with a part left out. Signatures that differ in that part alone have equal gaps.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="Start">The first token of the part.</param>
/// <param name="End">The token behind the part.</param>
/// <param name="Hash">The hash of the tokens before and behind the part.</param>
internal readonly record struct Gap(int[] Signature, int Start, int End, int Hash)
{
    internal ReadOnlySpan<int> Before => Signature.AsSpan(0, Start);

    internal ReadOnlySpan<int> Part => Signature.AsSpan(Start, End - Start);

    internal ReadOnlySpan<int> Behind => Signature.AsSpan(End);

    public bool Equals(Gap other) => Hash == other.Hash && Before.SequenceEqual(other.Before) && Behind.SequenceEqual(other.Behind);

    public override int GetHashCode() => Hash;
}
