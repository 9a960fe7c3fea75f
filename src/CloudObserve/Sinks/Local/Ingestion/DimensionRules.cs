namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks a set of dimensions against CloudWatch's rules.</summary>
internal static class DimensionRules
{
    internal static Dimension[] Check(List<WireDimension>? dimensions, string path)
    {
        if (dimensions is null)
        {
            return [];
        }

        if (dimensions.Count > PutMetricDataLimits.MaxDimensions)
        {
            throw ErrorCodes.TooMany(path, PutMetricDataLimits.MaxDimensions);
        }

        Dimension[] result = new Dimension[dimensions.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Check(dimensions[i], $"{path}.member.{i + 1}");
        }

        CheckDistinct(result);
        return result;
    }

    private static Dimension Check(WireDimension dimension, string path)
    {
        NameRules.CheckText(dimension.Name, $"{path}.Name", PutMetricDataLimits.MaxNameLength);
        NameRules.CheckNoLeadingColon(dimension.Name!, $"{path}.Name");
        NameRules.CheckText(dimension.Value, $"{path}.Value", PutMetricDataLimits.MaxDimensionValueLength);
        return new Dimension(dimension.Name!, dimension.Value!);
    }

    private static void CheckDistinct(Dimension[] dimensions)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (!Array.TrueForAll(dimensions, dimension => names.Add(dimension.Name)))
        {
            throw new CloudWatchException(ErrorCodes.InvalidParameterValue, "No metric may specify the same dimension name twice.");
        }
    }
}
