using System.Text.Json;
using CloudObserve.Audit.Events;

namespace CloudObserve.Audit;

/// <summary>Represents a value of an event: a text, a number, a Boolean, a time, an id, an object, a list, JSON, or null.</summary>
/// <remarks>Conversions to it are implicit.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public readonly struct AuditValue : IEquatable<AuditValue>
{
    // One of the types of the conversions below; no other type is ever stored.
    private readonly object? _value;

    private AuditValue(object? value) => _value = value;

    /// <summary>Converts a string to an audit value.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator AuditValue(string? value) => new(value);

    /// <summary>Converts a Boolean to an audit value.</summary>
    /// <param name="value">The Boolean.</param>
    public static implicit operator AuditValue(bool value) => new(value);

    /// <summary>Converts an integer to an audit value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AuditValue(long value) => new(value);

    /// <summary>Converts a decimal number, such as an amount of money, to an audit value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AuditValue(decimal value) => new(value);

    /// <summary>Converts a floating-point number to an audit value.</summary>
    /// <remarks>A number that JSON cannot represent is written as text.</remarks>
    /// <param name="value">The number.</param>
    public static implicit operator AuditValue(double value) => new(value);

    /// <summary>Converts a time to an audit value.</summary>
    /// <param name="value">The time.</param>
    public static implicit operator AuditValue(DateTimeOffset value) => new(value);

    /// <summary>Converts a GUID to an audit value.</summary>
    /// <param name="value">The GUID.</param>
    public static implicit operator AuditValue(Guid value) => new(value);

    /// <summary>Converts named values to an audit value.</summary>
    /// <param name="value">The values.</param>
    public static implicit operator AuditValue(AuditData? value) => new(value);

    /// <summary>Converts a list to an audit value.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator AuditValue(AuditValue[]? values) => new(values);

    /// <summary>Converts a list of strings to an audit value.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator AuditValue(string[]? values) => new(values);

    /// <summary>Converts JSON to an audit value.</summary>
    /// <remarks>The JSON must not be disposed before the event is recorded.</remarks>
    /// <param name="value">The JSON.</param>
    public static implicit operator AuditValue(JsonElement value) => new(value);

    /// <summary>Returns whether two values are equal.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    public static bool operator ==(AuditValue left, AuditValue right) => left.Equals(right);

    /// <summary>Returns whether two values differ.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    public static bool operator !=(AuditValue left, AuditValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AuditValue other) => Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AuditValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode() ?? 0;

    /// <summary>Writes the value, unless the part that contains it has become too large or too deep.</summary>
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
