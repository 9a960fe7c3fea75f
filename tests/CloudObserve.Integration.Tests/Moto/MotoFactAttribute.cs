namespace CloudObserve.Integration.Tests.Moto;

/// <summary>A test that needs the <c>moto_server</c> program. Where it is missing the test is skipped, and the report says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MotoFactAttribute : FactAttribute
{
    public MotoFactAttribute()
    {
        if (MotoServer.Program is null)
        {
            Skip = "moto_server is not on PATH (pip install 'moto[server]').";
        }
    }
}
