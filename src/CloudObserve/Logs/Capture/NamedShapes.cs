using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>
/// Recognizes named values in the types that applications use for them: pairs and tuples with a second value of any type, and sequences of
/// these.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal static class NamedShapes
{
    // Weak references, so that types of an unloaded assembly are released.
    private static readonly ConditionalWeakTable<Type, SequenceShape> Sequences = [];
    private static readonly ConditionalWeakTable<Type, PairShape> Pairs = [];

    /// <summary>Returns whether an object is a sequence of named values.</summary>
    internal static bool IsSequence(object value) =>
        value is IEnumerable and not string
        && (value is IDictionary || Sequences.GetValue(value.GetType(), static type => new SequenceShape(type)).IsNamed);

    /// <summary>Reads a pair of name and value.</summary>
    /// <returns><see langword="false"/> if the object is not such a pair.</returns>
    internal static bool TryRead(object? item, [NotNullWhen(true)] out string? name, out object? value)
    {
        (name, value) = item switch
        {
            KeyValuePair<string, object?> pair => (pair.Key, pair.Value),
            KeyValuePair<string, string?> pair => (pair.Key, pair.Value),
            DictionaryEntry entry => (entry.Key as string ?? entry.Key.ToString(), entry.Value),
            ITuple { Length: 2 } tuple when tuple[0] is string first => (first, tuple[1]),
            null => default,
            _ => Pairs.GetValue(item.GetType(), static type => new PairShape(type)).Read(item),
        };
        return name is not null;
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static bool IsPair(Type type) => IsGeneric(type, typeof(KeyValuePair<,>)) && type.GenericTypeArguments[0] == typeof(string);

    // Records whether the items of a type are pairs or tuples that begin with a string.
    private sealed class SequenceShape
    {
        [UnconditionalSuppressMessage(
            "Trimming", "IL2070",
            Justification = "An interface that was trimmed away is not recognized, and the object is written as its text.")]
        internal SequenceShape(Type type) =>
            IsNamed = Array.Exists(
                type.GetInterfaces(), static i => IsGeneric(i, typeof(IEnumerable<>)) && IsNamedItem(i.GenericTypeArguments[0]));

        internal bool IsNamed { get; }

        private static bool IsNamedItem(Type item) =>
            IsPair(item)
            || ((IsGeneric(item, typeof(ValueTuple<,>)) || IsGeneric(item, typeof(Tuple<,>)))
                && item.GenericTypeArguments[0] == typeof(string));
    }

    private sealed class PairShape
    {
        private readonly PropertyInfo? _key;
        private readonly PropertyInfo? _value;

        [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(KeyValuePair<,>))]
        [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The properties are kept by the dependency above.")]
        internal PairShape(Type type)
        {
            if (IsPair(type))
            {
                _key = type.GetProperty("Key");
                _value = type.GetProperty("Value");
            }
        }

        internal (string? Name, object? Value) Read(object pair) => ((string?)_key?.GetValue(pair), _value?.GetValue(pair));
    }
}
