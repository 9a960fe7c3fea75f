using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudObserve.Delivery;

/// <summary>The reason why data will never arrive. Every loss is counted under exactly one reason.</summary>
/// <remarks>
/// <para>The members of this class are the reasons that do not depend on the kind of data. Further reasons are defined by each signal, and
/// by a package with a delivery of its own (<see cref="DeliveryChannelOptions.LossReasons"/>).</para>
/// <para>Two reasons with the same name are equal. The name appears in ledgers, in the status, in log messages and in metrics.</para>
/// </remarks>
/// <threadsafety>Immutable, so safe for concurrent use.</threadsafety>
[JsonConverter(typeof(NameConverter))]
public sealed class LossReason : IEquatable<LossReason>
{
    /// <summary>The maximum number of characters of a name.</summary>
    internal const int MaxNameLength = 64;

    /// <summary>Initializes a new instance of the <see cref="LossReason"/> class.</summary>
    /// <param name="name">The name: 1 to 64 ASCII letters and digits, such as <c>TooOld</c>.</param>
    /// <param name="isIntended">Whether the data is discarded on purpose. Such a loss is counted but not reported.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public LossReason(string name, bool isIntended = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxNameLength || !name.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException($"The loss reason '{name}' must have 1 to {MaxNameLength} ASCII letters and digits.", nameof(name));
        }

        Name = name;
        IsIntended = isIntended;
    }

    /// <summary>Gets the reason for data that found the buffer full of data that could not be delivered in time.</summary>
    public static LossReason BufferFull { get; } = new(nameof(BufferFull));

    /// <summary>Gets the reason for content that the service refused and would refuse again.</summary>
    public static LossReason Rejected { get; } = new(nameof(Rejected));

    /// <summary>Gets the reason for a single item that is larger than the service accepts.</summary>
    public static LossReason TooLarge { get; } = new(nameof(TooLarge));

    /// <summary>Gets the reason for an item that became older than the service accepts before it could be delivered.</summary>
    public static LossReason TooOld { get; } = new(nameof(TooOld));

    /// <summary>Gets the reason for an item whose timestamp is further in the future than the service accepts.</summary>
    public static LossReason TooNew { get; } = new(nameof(TooNew));

    /// <summary>Gets the reason for a batch that a custom resilience pipeline of the host gave up.</summary>
    /// <remarks>The default pipeline never gives a batch up before its data is too old.</remarks>
    public static LossReason RetriesExhausted { get; } = new(nameof(RetriesExhausted));

    /// <summary>Gets the reason for data that could not be delivered before the host's shutdown deadline.</summary>
    public static LossReason ShutdownDeadline { get; } = new(nameof(ShutdownDeadline));

    /// <summary>Gets the reason for data that was passed in after the pipeline was closed.</summary>
    public static LossReason Closed { get; } = new(nameof(Closed));

    /// <summary>Gets the reason for data that found the spool on disk full of data that could not be delivered in time.</summary>
    public static LossReason SpoolFull { get; } = new(nameof(SpoolFull));

    /// <summary>Gets the reason for spooled data whose file is missing or cannot be read.</summary>
    public static LossReason SpoolDamaged { get; } = new(nameof(SpoolDamaged));

    /// <summary>Gets the reason for data that could not be encoded because of an internal fault of the library.</summary>
    /// <remarks>The fault is reported; it is a bug.</remarks>
    public static LossReason EncodingFailed { get; } = new(nameof(EncodingFailed));

    /// <summary>Gets the reason for a value that breaks a rule of the destination, such as a number that is infinite.</summary>
    public static LossReason InvalidValue { get; } = new(nameof(InvalidValue));

    /// <summary>Gets the reason for data that belongs on the disk and could not be written there.</summary>
    /// <remarks>The disk was full, read-only, missing or broken. A caller that waited for the data was informed.</remarks>
    public static LossReason StorageFailed { get; } = new(nameof(StorageFailed));

    /// <summary>Gets the reasons that every ledger has.</summary>
    internal static IReadOnlyList<LossReason> Common { get; } =
    [
        BufferFull, Rejected, TooLarge, TooOld, TooNew, RetriesExhausted, ShutdownDeadline, Closed, SpoolFull, SpoolDamaged, EncodingFailed,
        InvalidValue, StorageFailed,
    ];

    /// <summary>Gets the name, such as <c>TooOld</c>.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the data is discarded on purpose.</summary>
    public bool IsIntended { get; }

    /// <summary>Determines whether two reasons have the same name.</summary>
    /// <param name="left">A reason.</param>
    /// <param name="right">Another reason.</param>
    /// <returns>Whether the names are equal.</returns>
    public static bool operator ==(LossReason? left, LossReason? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Determines whether two reasons have different names.</summary>
    /// <param name="left">A reason.</param>
    /// <param name="right">Another reason.</param>
    /// <returns>Whether the names differ.</returns>
    public static bool operator !=(LossReason? left, LossReason? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(LossReason? other) => ReferenceEquals(this, other) || (other is not null && Name == other.Name);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LossReason);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Writes a reason as its name, also as the key of a dictionary such as <see cref="LedgerSnapshot.Lost"/>.</summary>
    private sealed class NameConverter : JsonConverter<LossReason>
    {
        public override LossReason Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(reader.GetString());

        public override LossReason ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(reader.GetString());

        public override void Write(Utf8JsonWriter writer, LossReason value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, LossReason value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Name);

        private static LossReason Of(string? name)
        {
            try
            {
                return new LossReason(name ?? "");
            }
            catch (ArgumentException exception)
            {
                throw new JsonException(exception.Message, exception);
            }
        }
    }
}
