namespace CloudObserve.Integration.Tests.Audit;

/// <summary>A test that needs the AWS CLI's Python code. Where it is missing the test is skipped, and the report says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute() => Skip = AwsCli.Missing;
}
