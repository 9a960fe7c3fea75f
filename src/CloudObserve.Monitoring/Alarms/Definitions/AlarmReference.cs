namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Represents an alarm as a composite alarm names it: by its name, or by its ARN.</summary>
/// <param name="Name">The name.</param>
/// <param name="Region">The region; <see langword="null"/> for a plain name.</param>
/// <param name="Account">The account; <see langword="null"/> for a plain name.</param>
internal readonly record struct AlarmReference(string Name, string? Region, string? Account)
{
    private const int Parts = 7;

    /// <summary>Reads a name, or an ARN such as <c>arn:aws:cloudwatch:eu-west-1:111122223333:alarm:name</c>.</summary>
    /// <remarks>A name may contain colons.</remarks>
    internal static AlarmReference Of(string text)
    {
        string[] parts = text.Split(':', Parts);
        return parts is ["arn", _, "cloudwatch", var region, var account, "alarm", var name]
            ? new AlarmReference(name, region, account)
            : new AlarmReference(text, null, null);
    }

    /// <summary>Returns the ARN of the alarm.</summary>
    internal string ToArn(string? region, string? account)
    {
        string place = Region ?? region ?? "us-east-1";
        return $"arn:{ActionArns.PartitionOf(place)}:cloudwatch:{place}:{Account ?? account ?? "000000000000"}:alarm:{Name}";
    }
}
