using System.Reflection;
using System.Text.Json;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Tests.Documentation;

/// <summary>Holds policies against what the library calls: nothing is missing, and nothing is there that it never does.</summary>
internal static class IamPolicies
{
    // IAM knows the metrics service by another name than its signatures do.
    internal static readonly string[] Called = [.. typeof(ServiceOperation).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(f => f.FieldType == typeof(ServiceOperation))
        .Select(f => (ServiceOperation)f.GetValue(null)!)
        .Select(o => (o.Protocol == ServiceProtocol.CloudWatch ? "cloudwatch:" : "logs:") + o.Name)];

    /// <summary>
    /// Actions that IAM requires and that no service operation here names: for a group with tags, for shipping the audit trail to S3, and
    /// for the topics and the provisioned alarms of CloudObserve.Monitoring.
    /// </summary>
    private static readonly string[] Implied =
    [
        "logs:TagResource", "s3:PutObject", "s3:GetObject", "kms:GenerateDataKey", "kms:Decrypt", "sns:Publish",
        "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:PutCompositeAlarm", "cloudwatch:DeleteAlarms",
        "cloudwatch:ListTagsForResource", "cloudwatch:TagResource", "cloudwatch:UntagResource", "cloudtrail:LookupEvents",
    ];

    internal static IEnumerable<string> Violations(IEnumerable<string> policies)
    {
        string[] allowed = [.. policies.Select(p => JsonDocument.Parse(p).RootElement).SelectMany(Actions)];
        return [
            .. allowed.Except([.. Called, .. Implied]).Select(a => $"{a} is allowed, but never called"),
            .. Called.Except(allowed).Select(a => $"{a} is called, but in no policy"),
        ];
    }

    /// <summary>The actions of the application's role; a policy with a principal is somebody else's.</summary>
    private static IEnumerable<string> Actions(JsonElement policy)
    {
        Assert.Equal("2012-10-17", policy.GetProperty("Version").GetString());
        return policy.GetProperty("Statement").EnumerateArray().Where(s => !s.TryGetProperty("Principal", out _)).SelectMany(statement =>
        {
            Assert.Equal("Allow", statement.GetProperty("Effect").GetString());
            Assert.NotEmpty(statement.GetProperty("Resource").GetString()!);
            JsonElement action = statement.GetProperty("Action");
            return action.ValueKind == JsonValueKind.Array ? action.EnumerateArray().Select(a => a.GetString()!) : [action.GetString()!];
        });
    }
}
