using System.Globalization;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>A package of somebody else that sends through a delivery channel, in processes that are killed.</summary>
[Collection(UnderLoad.Name)]
public sealed class DeliveryChannelCrashTests : IDisposable
{
    private const int Batches = 300;
    private const int Events = 5 * Batches;
    private const int AnsweredBeforeKill = 100;

    // A killed process may have got an answer and not yet deleted the file.
    private const int MostAtOnce = 8;

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("cloudobserve-forwarder");
    private readonly EventReceiver _receiver = new();

    public void Dispose()
    {
        _receiver.Dispose();
        _state.Delete(recursive: true);
    }

    [Fact]
    public async Task Processes_that_are_killed_in_an_outage_and_in_the_middle_of_the_replay_lose_nothing_and_repeat_little()
    {
        _receiver.Answer(-1);
        using (RunningProgram first = Start(Batches))
        {
            await first.PrintedAsync(line => line == $"accepted {Events} delivered 0 lost 0 spooled {Events}");
        }

        Assert.Equal(0, _receiver.Distinct);
        _receiver.Answer(AnsweredBeforeKill);
        using (RunningProgram second = Start(0))
        {
            await second.PrintedAsync(line => Delivered(line) == 5 * AnsweredBeforeKill && _receiver.Unanswered > 0);
        }

        int unanswered = _receiver.Unanswered;
        int before = _receiver.Distinct;
        Assert.Equal(5 * (AnsweredBeforeKill + unanswered), before);
        _receiver.Answer(int.MaxValue);
        using RunningProgram third = Start(0);
        await third.PrintedAsync(line => Accepted(line) is > 0 and var accepted && Delivered(line) == accepted);
        await third.TypeAsync("stop");
        await third.EndedAsync();

        Assert.Equal(Events, _receiver.Distinct);
        Assert.InRange(_receiver.Repeats, 5 * unanswered, 5 * (unanswered + MostAtOnce));
        Assert.Equal(Events - before + _receiver.Repeats, Delivered(third.Output.Last()));
        Assert.Empty(_state.EnumerateFiles("*.batch", SearchOption.AllDirectories));
    }

    private static int Accepted(string line) => Value(line, 1);

    private static int Delivered(string line) => Value(line, 3);

    private static int Value(string line, int word) =>
        line.Split(' ') is { Length: > 3 } words ? int.Parse(words[word], CultureInfo.InvariantCulture) : -1;

    private RunningProgram Start(int batches) => RunningProgram.Start(
        BuiltProgram.PathOf("tests", "CloudObserve.EventForwarder"), [], _receiver.Url, _state.FullName,
        batches.ToString(CultureInfo.InvariantCulture));
}
