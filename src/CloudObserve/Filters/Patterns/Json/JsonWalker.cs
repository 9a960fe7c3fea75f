using System.Buffers;
using System.Runtime.CompilerServices;
using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Reads an event once from front to back, and records which comparisons hold at the places of the selectors.</summary>
/// <remarks>
/// The recursion is as deep as the longest selector, never as deep as the event: values that no selector needs are skipped without
/// recursion. The last of several properties with one name counts. A walk that meets a second one is abandoned and repeated without the
/// first (<see cref="JsonDuplicates"/>).
/// </remarks>
/// <param name="utf8">The event.</param>
/// <param name="bits">One bit for each comparison; all clear on entry.</param>
/// <param name="met">One bit for each named property; all clear on entry.</param>
/// <param name="captures">The captures.</param>
/// <param name="needs">For each comparison, the rules that cannot hold without it.</param>
/// <param name="rules">The rules that may still hold. When none are left, the walk can end.</param>
internal ref struct JsonWalker(
    ReadOnlySpan<byte> utf8, Span<ulong> bits, Span<ulong> met, Span<FilterCapture> captures, ReadOnlySpan<ulong> needs, ulong rules)
{
    private const int StackBytes = 256;

    // Each of these names needs a search over the rest of the event, so there are few. With more names, the event is read to its end.
    private const int MaxSearchedNames = 4;

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private readonly Span<ulong> _bits = bits;
    private readonly Span<ulong> _met = met;
    private readonly Span<FilterCapture> _captures = captures;
    private readonly ReadOnlySpan<ulong> _needs = needs;
    private ulong _rules = rules;
    private JsonScanner _scanner = new(utf8);

    // The properties of objects to which a wildcard applies.
    private JsonMembers _members = new(utf8);
    private int _objects;
    private bool _metDuplicate;

    // The places whose values excluded the last of the rules.
    private FailedNodes _failed;
    private int _failedCount;
    private int _failedNames;

    /// <summary>Reads the event to its end, even if it is known to match.</summary>
    /// <remarks>An event that is invalid JSON at any place is not a JSON event.</remarks>
    internal JsonWalk Walk(JsonNode root)
    {
        // CloudWatch Logs: an event whose root is an array matches no JSON pattern.
        bool isComplete = _scanner.Peek() == '{' && TryValue(root) && _scanner.IsAtEnd();
        _members.Release();
        return _metDuplicate ? JsonWalk.Duplicate : isComplete ? JsonWalk.Complete : JsonWalk.NoMatch;
    }

    private bool TryValue(JsonNode? node)
    {
        if (node is null)
        {
            return _scanner.TrySkip();
        }

        Set(node.Presence);
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

        int number = ++_objects;
        do
        {
            if (!_scanner.TryName(out JsonToken name) || !TryProperty(node, number, name, out JsonNode? property) || !TryValue(property))
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
            if (node.Nulls.Length > 0 && _scanner.Peek() == 'n')
            {
                Set(node.Nulls);
            }

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

    // Finds the node of a property, unless the object already has a property of this name.
    private bool TryProperty(JsonNode node, int number, JsonToken name, out JsonNode? property)
    {
        ReadOnlySpan<byte> text = name.Of(_utf8);
        property = name.IsEscaped ? FindEscaped(node, text) : node.Properties.Find(text);
        if (property is not null)
        {
            _metDuplicate = !IsFirst(property.Property);
        }
        else if (node.OtherProperties is not null)
        {
            property = node.OtherProperties;
            _ = _members.Add(number, name, out bool isNew);
            _metDuplicate = !isNew;
        }

        return !_metDuplicate;
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

        return _rules != 0 || !IsDecided();
    }

    // With the values so far, no rule can hold. Only another property of the same name could change that. So the event is read further if
    // the rest may contain such a property.
    private bool IsDecided()
    {
        bool isDecided = _failedNames <= MaxSearchedNames && !RestMayRepeatNames();

        // Tested once only, because a test at a later position would cost another search.
        _failedNames = MaxSearchedNames + 1;
        return isDecided;
    }

    private readonly bool RestMayRepeatNames()
    {
        ReadOnlySpan<byte> rest = _utf8[_scanner.Position..];

        // A name may contain escapes.
        WorkMeter.Add(rest.Length * (_failedNames + 1));
        if (rest.IndexOf("\\u"u8) >= 0)
        {
            return true;
        }

        foreach (JsonNode node in ((ReadOnlySpan<JsonNode>)_failed)[.._failedCount])
        {
            foreach (byte[] name in node.Names)
            {
                if (rest.IndexOf(name) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
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
            else if ((_rules & _needs[bit]) != 0)
            {
                _rules &= ~_needs[bit];
                NoteFailed(node);
            }
        }
    }

    private void NoteFailed(JsonNode node)
    {
        if (_failedCount > 0 && _failed[_failedCount - 1] == node)
        {
            return;
        }

        _failedNames += node.SearchCost;
        if (_failedNames <= MaxSearchedNames)
        {
            _failed[_failedCount++] = node;
        }
    }

    private readonly void Set(int[] bits)
    {
        foreach (int bit in bits)
        {
            _bits[bit >> 6] |= 1UL << bit;
        }
    }

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    [InlineArray(MaxSearchedNames)]
    private struct FailedNodes
    {
        private JsonNode _node;
    }
}
