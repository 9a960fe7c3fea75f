using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch.Logs;

namespace CloudObserve.Tests.Sinks.CloudWatch.Logs;

public sealed class PutLogEventsAnswerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"nextSequenceToken":"49"}""")]
    [InlineData("""{"nextSequenceToken":"49","rejectedLogEventsInfo":null}""")]
    [InlineData("""{"rejectedLogEventsInfo":{}}""")]
    [InlineData("""{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":null}}""")]
    [InlineData("""{"rejectedEntityInfo":{"errorType":"InvalidEntity"}}""")]
    public void Nothing_was_dropped(string answer)
    {
        SendResult result = Read(answer);

        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Empty(result.Rejected);
    }

    [Theory]
    [InlineData("""{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":3,"tooNewLogEventStartIndex":97}}""", 3, 3)]
    [InlineData("""{"rejectedLogEventsInfo":{"expiredLogEventEndIndex":5},"nextSequenceToken":"49"}""", 5, 0)]
    [InlineData("""{"rejectedLogEventsInfo":{"new":[{}],"tooNewLogEventStartIndex":0}}""", 0, 100)]
    public void Dropped_events_are_told(string answer, int tooOld, int tooNew)
    {
        SendResult result = Read(answer);

        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Equal(tooOld, result.Rejected.Where(r => r.Reason == LossReason.TooOld).Sum(r => r.Count));
        Assert.Equal(tooNew, result.Rejected.Where(r => r.Reason == LossReason.TooNew).Sum(r => r.Count));
    }

    [Theory]
    [InlineData("<html>Log in</html>")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("{")]
    [InlineData("""{"rejectedLogEventsInfo":[]}""")]
    [InlineData("""{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":"3"}}""")]
    [InlineData("""{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":1.5}}""")]
    public void An_answer_that_is_none_of_the_services_leaves_it_open_whether_the_batch_arrived(string answer) =>
        Assert.Equal((ErrorClass.Ambiguous, "UnreadableAnswer"), (Read(answer).Error, Read(answer).Code));

    private static SendResult Read(string answer) => PutLogEventsAnswer.Read(Encoding.UTF8.GetBytes(answer), 100);
}
