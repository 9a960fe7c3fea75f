using System.Text.Json;
using CloudObserve.Audit.Records;

namespace CloudObserve.Audit;

/// <summary>A value of an event: a text, a number, a switch, a time, an id, an object, a list, JSON, or nothing. Conversions to it are implicit.</summary>
/// <threadsafety>Immutable.</threadsafety>
public readonly struct AuditValue : IEquatable<AuditValue>
{
    // One of the types that a conversion below takes; nothing else is ever stored.
    private readonly object? _value;

    private AuditValue(object? value) => _value = value;

    /// <summary>Makes a value of a text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator AuditValue(string? value) => new(value);

    /// <summary>Makes a value of a switch.</summary>
    /// <param name="value">The switch.</param>
    public static implicit operator AuditValue(bool value) => new(value);

    /// <summary>Makes a value of a whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AuditValue(long value) => new(value);

    /// <summary>Makes a value of a decimal number, such as an amount of money.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AuditValue(decimal value) => new(value);

    /// <summary>Makes a value of a number. One that JSON has no form for is written as text.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AuditValue(double value) => new(value);

    /// <summary>Makes a value of a time.</summary>
    /// <param name="value">The time.</param>
    public static implicit operator AuditValue(DateTimeOffset value) => new(value);

    /// <summary>Makes a value of an id.</summary>
    /// <param name="value">The id.</param>
    public static implicit operator AuditValue(Guid value) => new(value);

    /// <summary>Makes a value of named values.</summary>
    /// <param name="value">The values.</param>
    public static implicit operator AuditValue(AuditData? value) => new(value);

    /// <summary>Makes a value of a list.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator AuditValue(AuditValue[]? values) => new(values);

    /// <summary>Makes a value of a list of texts.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator AuditValue(string[]? values) => new(values);

    /// <summary>Makes a value of JSON. It must not be disposed of before the event is recorded.</summary>
    /// <param name="value">The JSON.</param>
    public static implicit operator AuditValue(JsonElement value) => new(value);

    /// <summary>Compares two values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(AuditValue left, AuditValue right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(AuditValue left, AuditValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AuditValue other) => Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AuditValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode() ?? 0;

    /// <summary>Writes the value, unless the part it belongs to is too large or too deep by then.</summary>
    internal void WriteTo(Utf8JsonWriter json, ref AuditDataBudget budget)
    {
        if (!budget.Allows(json, _value is string text ? text.Length : 0))
        {
            json.WriteNullValue();
            return;
        }

        switch (_value)
        {
            case AuditData data:
                data.WriteTo(json, ref budget);
                break;
            case AuditValue[] values:
                WriteList(json, values, ref budget);
                break;
            case string[] texts:
                WriteList(json, Array.ConvertAll(texts, t => (AuditValue)t), ref budget);
                break;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } element:
                element.WriteTo(json);
                break;
            default:
                WriteScalar(json);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter json, AuditValue[] values, ref AuditDataBudget budget)
    {
        json.WriteStartArray();
        foreach (AuditValue value in values)
        {
            if (budget.IsExceeded)
            {
                break;
            }

            value.WriteTo(json, ref budget);
        }

        json.WriteEndArray();
    }

    private void WriteScalar(Utf8JsonWriter json)
    {
        switch (_value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time.UtcDateTime);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
