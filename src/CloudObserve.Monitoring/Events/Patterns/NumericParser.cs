using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Parses the value of <c>numeric</c>.</summary>
internal sealed class NumericParser(PatternReader reader)
{
    private const string TooMany = "Too many elements in numeric expression";

    /// <exception cref="PatternFaultException">The value is invalid.</exception>
    internal PatternTest Parse()
    {
        if (reader.Next() != PatternTokenKind.StartArray)
        {
            throw reader.Fault("Value of numeric must be an array.");
        }

        if (reader.Next() != PatternTokenKind.Text)
        {
            throw reader.Fault($"Invalid member in numeric match: {reader.Text}");
        }

        string operation = reader.Text;
        PatternTokenKind next = reader.Next();
        if (operation is not ("=" or ">" or ">=" or "<" or "<="))
        {
            throw reader.Fault($"Unrecognized numeric range operator: {operation}");
        }

        string first = DemandNumber(next, operation == "=" ? "equals" : operation);
        string words = $"a number {operation} {first}";
        if (reader.Next() == PatternTokenKind.EndArray)
        {
            double value = Comparable(first);
            return operation switch
            {
                "=" => Test(value, value, words),
                "<" => Test(double.NegativeInfinity, double.BitDecrement(value), words),
                "<=" => Test(double.NegativeInfinity, value, words),
                ">" => Test(double.BitIncrement(value), double.PositiveInfinity, words),
                _ => Test(value, double.PositiveInfinity, words),
            };
        }

        return operation is ">" or ">=" ? Between(operation, first) : throw reader.Fault(TooMany);
    }

    private static PatternTest Test(double low, double high, string words) =>
        new(PatternTestKind.Range, "", low, high) { Words = words };

    private PatternTest Between(string operation, string first)
    {
        if (reader.Kind != PatternTokenKind.Text)
        {
            throw reader.Fault($"Bad value in numeric range: {reader.Text}");
        }

        string second = reader.Text;
        if (second is not ("<" or "<="))
        {
            throw reader.Fault($"Bad numeric range operator: {second}");
        }

        string last = DemandNumber(reader.Next(), second);
        if (reader.Next() != PatternTokenKind.EndArray)
        {
            throw reader.Fault("Too many terms in numeric range expression");
        }

        double bottom = Comparable(first);
        double top = Comparable(last);
        return bottom < top
            ? Test(
                operation == ">" ? double.BitIncrement(bottom) : bottom,
                second == "<" ? double.BitDecrement(top) : top,
                $"a number {operation} {first} and {second} {last}")
            : throw reader.Fault("Bottom must be less than top");
    }

    private string DemandNumber(PatternTokenKind kind, string name) =>
        kind == PatternTokenKind.Number ? reader.Text : throw reader.Fault($"Value of {name} must be numeric");

    private double Comparable(string text) => JsonNumbers.TryGetDouble(Encoding.UTF8.GetBytes(text), out double value)
        ? value : throw reader.Fault($"Cannot compare number : {text}");
}
