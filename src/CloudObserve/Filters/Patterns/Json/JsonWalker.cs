using System.Buffers;
using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Reads an event once, from front to back, and notes at the places that selectors lead to which comparisons hold.</summary>
/// <remarks>Recursion is as deep as the longest selector, never as deep as the event: what no selector asks for is skipped without it.</remarks>
/// <param name="utf8">The event.</param>
/// <param name="bits">A bit for each comparison, clear.</param>
/// <param name="met">A bit for each named property, clear.</param>
/// <param name="captures">The slots.</param>
/// <param name="needs">For each comparison the rules that cannot hold without it.</param>
/// <param name="rules">The rules that may still hold; with none left there is nothing more to find out.</param>
internal ref struct JsonWalker(
    ReadOnlySpan<byte> utf8, Span<ulong> bits, Span<ulong> met, Span<FilterCapture> captures, ReadOnlySpan<ulong> needs, ulong rules)
{
    private const int StackBytes = 256;

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private readonly Span<ulong> _bits = bits;
    private readonly Span<ulong> _met = met;
    private readonly Span<FilterCapture> _captures = captures;
    private readonly ReadOnlySpan<ulong> _needs = needs;
    private ulong _rules = rules;
    private JsonScanner _scanner = new(utf8);

    /// <summary>Reads the event to its end, also when it is known to match: what stops being JSON half-way is no JSON event.</summary>
    /// <returns>Whether it is JSON that may match.</returns>
    internal bool TryWalk(JsonNode root) =>
        _scanner.Peek() is (byte)'{' or (byte)'[' && TryValue(root) && _scanner.IsAtEnd();

    private bool TryValue(JsonNode? node)
    {
        if (node is null)
        {
            return _scanner.TrySkip();
        }

        foreach (int bit in node.Presence)
        {
            _bits[bit >> 6] |= 1UL << bit;
        }

        return _scanner.Peek() switch
        {
            (byte)'{' => TryObject(node),
            (byte)'[' => TryArray(node),
            _ => TryScalar(node),
        };
    }

    private bool TryObject(JsonNode node)
    {
        Capture(node, default);
        if (!node.LooksIntoObjects)
        {
            return _scanner.TrySkip();
        }

        return _scanner.TryEnter(isObject: true) && (_scanner.TryLeave() || TryProperties(node));
    }

    private bool TryProperties(JsonNode node)
    {
        if (node.IsRepeated)
        {
            Forget(node);
        }

        do
        {
            if (!_scanner.TryName(out JsonToken name) || !TryValue(Property(node, name)))
            {
                return false;
            }
        }
        while (_scanner.TryTake(','));

        return _scanner.TryLeave();
    }

    private bool TryArray(JsonNode node)
    {
        Capture(node, default);
        if (!node.LooksIntoArrays)
        {
            return _scanner.TrySkip();
        }

        return _scanner.TryEnter(isObject: false) && (_scanner.TryLeave() || TryElements(node));
    }

    private bool TryElements(JsonNode node)
    {
        int next = 0;
        int index = 0;
        do
        {
            bool isNamed = next < node.Elements.Length && node.Elements[next].Index == index;
            if (!TryValue(isNamed ? node.Elements[next].Node : node.OtherElements))
            {
                return false;
            }

            next += isNamed ? 1 : 0;
            index++;
        }
        while (_scanner.TryTake(','));

        return _scanner.TryLeave();
    }

    // Of a property that is there twice the first counts, or nothing could be known before the end.
    private readonly JsonNode? Property(JsonNode node, JsonToken name)
    {
        ReadOnlySpan<byte> text = name.Of(_utf8);
        JsonNode? found = name.IsEscaped ? FindEscaped(node, text) : node.Properties.Find(text);
        return found is not null && IsFirst(found.Property) ? found : node.OtherProperties;
    }

    private readonly bool IsFirst(int property)
    {
        ref ulong word = ref _met[property >> 6];
        ulong bit = 1UL << property;
        bool isFirst = (word & bit) == 0;
        word |= bit;
        return isFirst;
    }

    private readonly void Forget(JsonNode node)
    {
        for (int i = 0; i < node.Properties.Count; i++)
        {
            int property = node.FirstProperty + i;
            _met[property >> 6] &= ~(1UL << property);
        }
    }

    private static JsonNode? FindEscaped(JsonNode node, ReadOnlySpan<byte> escaped)
    {
        byte[]? rented = null;
        Span<byte> text = escaped.Length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(escaped.Length);
        JsonNode? found = node.Properties.Find(text[..JsonText.Unescape(escaped, text)]);
        Return(rented);
        return found;
    }

    private bool TryScalar(JsonNode node)
    {
        if (!_scanner.TryScalar(out JsonToken token))
        {
            return false;
        }

        Capture(node, token);
        if (node.Tests.Length > 0)
        {
            Test(node, token);
        }

        return _rules != 0;
    }

    private readonly void Capture(JsonNode node, JsonToken token)
    {
        foreach (int slot in node.Captures)
        {
            _captures[slot] = new FilterCapture(token.Kind, token.Start, token.Length, token.IsEscaped);
        }
    }

    private void Test(JsonNode node, JsonToken token)
    {
        ReadOnlySpan<byte> text = token.Of(_utf8);
        if (!token.IsEscaped)
        {
            Test(node, new Scalar(token.Kind, text));
            return;
        }

        byte[]? rented = null;
        Span<byte> unescaped = text.Length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(text.Length);
        Test(node, new Scalar(token.Kind, unescaped[..JsonText.Unescape(text, unescaped)]));
        Return(rented);
    }

    private void Test(JsonNode node, scoped Scalar value)
    {
        foreach ((ValueTest test, int bit) in node.Tests)
        {
            if (test.Holds(ref value))
            {
                _bits[bit >> 6] |= 1UL << bit;
            }
            else
            {
                _rules &= ~_needs[bit];
            }
        }
    }

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
