using System.Runtime.CompilerServices;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Stores one bit for each level of nesting: set for an object, clear for an array.</summary>
[InlineArray(FilterPatternLimits.MaxJsonDepth / 64)]
internal struct JsonNesting
{
    private ulong _word;

    internal bool IsObject(int depth) => (this[depth >> 6] >> depth & 1) != 0;

    internal void Set(int depth, bool isObject)
    {
        ref ulong word = ref this[depth >> 6];
        word = isObject ? word | (1UL << depth) : word & ~(1UL << depth);
    }
}
