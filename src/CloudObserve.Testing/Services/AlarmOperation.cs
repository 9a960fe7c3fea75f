using System.Text.Json;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Serves an operation on alarms over AWS JSON 1.0.</summary>
/// <param name="name">The name of the operation.</param>
/// <param name="serve">The function that serves a request and returns the answer.</param>
internal sealed class AlarmOperation(string name, Func<JsonElement, string> serve) : IOperation
{
    public string Name => name;

    public ScriptedProtocol Protocol => ScriptedProtocol.CloudWatch;

    public Served Serve(JsonElement body, int? invalidMember) => new(serve(body), 0);

    /// <summary>Returns the operations on the alarms of a server.</summary>
    internal static IEnumerable<AlarmOperation> All(ScriptedAlarms alarms) =>
    [
        new("PutMetricAlarm", body => Nothing(() => alarms.Put(body, isComposite: false))),
        new("PutCompositeAlarm", body => Nothing(() => alarms.Put(body, isComposite: true))),
        new("DeleteAlarms", body => Nothing(() => alarms.Delete(body))),
        new("TagResource", body => Nothing(() => alarms.Tag(body))),
        new("UntagResource", body => Nothing(() => alarms.Untag(body))),
        new("ListTagsForResource", alarms.ListTags),
        new("DescribeAlarms", alarms.Describe),
    ];

    private static string Nothing(Action act)
    {
        act();
        return "";
    }
}
