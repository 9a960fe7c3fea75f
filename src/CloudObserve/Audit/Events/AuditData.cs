using System.Collections;
using System.Text.Json;
using CloudObserve.Audit.Events;

namespace CloudObserve.Audit;

/// <summary>Holds named values of an event in the order in which they are added.</summary>
/// <remarks>
/// For example, <c>new AuditData { ["orderId"] = 42, ["reason"] = "late" }</c>. Setting a name again replaces its value. Changes after the
/// event has been recorded have no effect on it.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public sealed class AuditData : IEnumerable<KeyValuePair<string, AuditValue>>
{
    private readonly List<KeyValuePair<string, AuditValue>> _members = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Gets the number of values.</summary>
    public int Count => _members.Count;

    /// <summary>Gets or sets the value of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no value with this name.</exception>
    public AuditValue this[string name]
    {
        get => _members[_places[name]].Value;
        set => Set(name, value);
    }

    /// <summary>Creates named values from a JSON object.</summary>
    /// <param name="json">The object. It is not copied, and must not be disposed before the event is recorded.</param>
    /// <returns>The values.</returns>
    /// <exception cref="ArgumentException">The JSON is not an object.</exception>
    public static AuditData FromJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException(
                $"The named values of an event must be a JSON object, but the JSON is of the kind {json.ValueKind}.", nameof(json));
        }

        AuditData data = [];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            data.Set(property.Name, property.Value);
        }

        return data;
    }

    /// <summary>Sets the value of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, AuditValue value) => Set(name, value);

    /// <summary>Returns whether a name has a value.</summary>
    /// <param name="name">The name.</param>
    /// <returns><see langword="true"/> if the name has a value.</returns>
    public bool Contains(string name) => _places.ContainsKey(name);

    /// <summary>Returns an enumerator of the values.</summary>
    /// <returns>The values in order.</returns>
    public IEnumerator<KeyValuePair<string, AuditValue>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void WriteTo(Utf8JsonWriter json, ref AuditDataBudget budget)
    {
        json.WriteStartObject();
        foreach ((string name, AuditValue value) in _members)
        {
            if (budget.IsExceeded)
            {
                break;
            }

            json.WritePropertyName(name);
            value.WriteTo(json, ref budget);
        }

        json.WriteEndObject();
    }

    private void Set(string name, AuditValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_places.TryGetValue(name, out int place))
        {
            _members[place] = new(name, value);
            return;
        }

        _places.Add(name, _members.Count);
        _members.Add(new(name, value));
    }
}
