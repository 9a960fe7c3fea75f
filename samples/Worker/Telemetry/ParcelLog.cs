namespace Worker.Telemetry;

/// <summary>Contains the worker's log messages.</summary>
internal static partial class ParcelLog
{
    [LoggerMessage(1, LogLevel.Information, "Parcel {Parcel} of {Kilograms} kg went to {Carrier} at attempt {Attempt}.")]
    public static partial void ParcelShipped(this ILogger logger, int parcel, string carrier, decimal kilograms, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "{Carrier} refused a label for parcel {Parcel} at attempt {Attempt}.")]
    public static partial void LabelRefused(this ILogger logger, int parcel, string carrier, int attempt);

    [LoggerMessage(3, LogLevel.Error, "Parcel {Parcel} was set aside: {Carrier} refused it too often.")]
    public static partial void ParcelSetAside(this ILogger logger, int parcel, string carrier);
}
