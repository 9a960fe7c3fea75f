using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudObserve.Monitoring.Tests.Events;

/// <summary>A slow and obvious evaluator of event patterns over documents, which tries every choice of values.</summary>
internal static class ReferenceMatcher
{
    /// <summary>Returns whether a valid pattern matches an event.</summary>
    internal static bool IsMatch(JsonObject pattern, JsonObject document)
    {
        List<Leaf> leaves = [];
        int arrays = 0;
        Flatten(document, "", [], leaves, ref arrays);
        return Alternatives(pattern, "", [[]]).Any(alternative => Choose(
            [.. alternative.OrderBy(static f => f.Key, new ByNames())], 0, [], leaves));
    }

    private static bool Choose(KeyValuePair<string, JsonArray>[] fields, int index, Dictionary<int, int> chosen, List<Leaf> leaves)
    {
        if (index == fields.Length)
        {
            return true;
        }

        (string path, JsonArray tests) = fields[index];
        Leaf[] present =
            [.. leaves.Where(l => l.Path == path && l.Elements.All(e => chosen.GetValueOrDefault(e.Key, e.Value) == e.Value))];
        bool acceptsNone = tests.Any(static t => t is JsonObject o && o["exists"]?.GetValue<bool>() == false);
        return (present.Length == 0 && acceptsNone && Choose(fields, index + 1, chosen, leaves))
            || present.Where(l => tests.Any(t => Test(t, l.Value))).DistinctBy(static l => string.Join(',', l.Elements))
                .Any(l => Choose(fields, index + 1, chosen.Concat(l.Elements).DistinctBy(static e => e.Key).ToDictionary(), leaves));
    }

    private static List<Dictionary<string, JsonArray>> Alternatives(
        JsonObject pattern, string path, List<Dictionary<string, JsonArray>> all)
    {
        foreach ((string name, JsonNode? value) in pattern)
        {
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            if (name == "$or")
            {
                List<Dictionary<string, JsonArray>> before = all;
                all = [.. value!.AsArray().SelectMany(branch => Alternatives(
                    branch!.AsObject(), path, [.. before.Select(static a => new Dictionary<string, JsonArray>(a))]))];
            }
            else if (value is JsonObject below)
            {
                all = Alternatives(below, inner, all);
            }
            else
            {
                all.ForEach(alternative => alternative[inner] = value!.AsArray());
            }
        }

        return all;
    }

    private static void Flatten(JsonNode? node, string path, Dictionary<int, int> elements, List<Leaf> leaves, ref int arrays)
    {
        if (node is JsonObject parent)
        {
            foreach ((string name, JsonNode? value) in parent)
            {
                Flatten(value, path.Length == 0 ? name : $"{path}.{name}", elements, leaves, ref arrays);
            }
        }
        else if (node is JsonArray array)
        {
            int number = arrays++;
            for (int i = 0; i < array.Count; i++)
            {
                bool binds = array[i] is JsonObject or JsonArray;
                Flatten(array[i], path, binds ? new(elements) { [number] = i } : elements, leaves, ref arrays);
            }
        }
        else
        {
            leaves.Add(new Leaf(path, node, elements));
        }
    }

    private static bool Test(JsonNode? test, JsonNode? value)
    {
        if (test is not JsonObject expression)
        {
            return test is JsonValue && IsText(test, out string wanted)
                ? IsText(value, out string found) && (Address(wanted) is { } address ? address.Equals(Address(found)) : wanted == found)
                : (test?.ToJsonString() ?? "null") == (value?.ToJsonString() ?? "null")
                    || (Number(test) is { } number && Number(value) == number);
        }

        (string name, JsonNode? operand) = expression.Single();
        return name switch
        {
            "exists" => operand!.GetValue<bool>(),
            "numeric" => Number(value) is { } number && operand!.AsArray().Chunk(2).All(
                pair => Compare(number, pair[0]!.GetValue<string>(), Number(pair[1])!.Value)),
            "anything-but" => operand is JsonObject inner
                ? !Many(inner.Single().Value).Any(text => Test(new JsonObject { [inner.Single().Key] = text!.DeepClone() }, value))
                : !Many(operand).Any(text => IsText(text, out string exact)
                    ? IsText(value, out string same) && same == exact : Number(text) == Number(value)),
            _ => IsText(value, out string text) && TestText(name, operand!, text),
        };
    }

    private static bool TestText(string name, JsonNode operand, string text)
    {
        if (operand is JsonObject folded)
        {
            string part = folded.Single().Value!.GetValue<string>();
            return name == "prefix"
                ? text.StartsWith(part, StringComparison.OrdinalIgnoreCase) : text.EndsWith(part, StringComparison.OrdinalIgnoreCase);
        }

        string given = operand.GetValue<string>();
        return name switch
        {
            "exactly" => text == given,
            "prefix" => text.StartsWith(given, StringComparison.Ordinal),
            "suffix" => text.EndsWith(given, StringComparison.Ordinal),
            "equals-ignore-case" => text.Equals(given, StringComparison.OrdinalIgnoreCase),
            "wildcard" => Regex.IsMatch(
                text, $@"\A{Regex.Escape(given).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.Singleline),
            "cidr" => Address(text) is { } address && IPNetwork.Parse(given).Contains(address),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private static JsonNode?[] Many(JsonNode? node) => node is JsonArray array ? [.. array] : [node];

    private static bool IsText(JsonNode? node, out string text)
    {
        text = node?.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : "";
        return node?.GetValueKind() == System.Text.Json.JsonValueKind.String;
    }

    private static IPAddress? Address(string text) =>
        Regex.IsMatch(text, @"\A[0-9]+(\.[0-9]+){3}\z|:") && IPAddress.TryParse(text, out IPAddress? address) ? address : null;

    // The exact value, if the shortest text of the nearest double has it.
    private static (BigInteger Digits, int Exponent)? Number(JsonNode? node)
    {
        if (node?.GetValueKind() != System.Text.Json.JsonValueKind.Number)
        {
            return null;
        }

        string text = node.ToJsonString();
        string shortest = double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)) && Exact(text) == Exact(shortest) ? Exact(text) : null;
    }

    private static (BigInteger Digits, int Exponent) Exact(string text)
    {
        string[] parts = text.ToUpperInvariant().Split('E');
        string[] mantissa = parts[0].Split('.');
        BigInteger digits = BigInteger.Parse(string.Concat(mantissa), CultureInfo.InvariantCulture);
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            - (mantissa.Length > 1 ? mantissa[1].Length : 0);
        while (digits != 0 && digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }

        return digits == 0 ? (0, 0) : (digits, exponent);
    }

    private static bool Compare((BigInteger Digits, int Exponent) x, string operation, (BigInteger Digits, int Exponent) y)
    {
        int low = Math.Min(x.Exponent, y.Exponent);
        int order = (x.Digits * BigInteger.Pow(10, x.Exponent - low)).CompareTo(y.Digits * BigInteger.Pow(10, y.Exponent - low));
        return operation switch
        {
            "=" => order == 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private sealed record Leaf(string Path, JsonNode? Value, Dictionary<int, int> Elements);

    private sealed class ByNames : IComparer<string>
    {
        public int Compare(string? x, string? y)
        {
            string[] xs = x!.Split('.');
            string[] ys = y!.Split('.');
            for (int i = 0; i < Math.Min(xs.Length, ys.Length); i++)
            {
                if (string.CompareOrdinal(xs[i], ys[i]) is not 0 and int order)
                {
                    return order;
                }
            }

            return xs.Length.CompareTo(ys.Length);
        }
    }
}
