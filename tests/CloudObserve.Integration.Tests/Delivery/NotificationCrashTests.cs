using System.Globalization;
using Xunit.Abstractions;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>Alarms that notify a webhook, in processes that are killed.</summary>
[Collection(UnderLoad.Name)]
public sealed class NotificationCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Alarms = 20;
    private const int Flips = 3;
    private const int AnsweredBeforeKill = 15;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudobserve-alarmed");
    private readonly EventReceiver _receiver = new();

    public void Dispose()
    {
        _receiver.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Processes_that_are_killed_while_the_webhook_is_down_and_while_it_comes_back_lose_no_notification()
    {
        _receiver.Answer(-1);
        using (RunningProgram first = Start())
        {
            for (int i = 0; i < Flips; i++)
            {
                await first.TypeAsync("flip");
            }

            await first.PrintedAsync(static line => line == $"flipped {Flips}");

            // The process is killed in the middle of these changes.
            await first.TypeAsync("flip");
        }

        Assert.Equal(0, _receiver.Distinct);
        _receiver.Answer(AnsweredBeforeKill);
        using (RunningProgram second = Start())
        {
            await second.PrintedAsync(_ => _receiver.Unanswered > 0);
        }

        int unanswered = _receiver.Unanswered;
        _receiver.Answer(int.MaxValue);
        using RunningProgram third = Start();
        await third.PrintedAsync(static line => Value(line, 7) >= Alarms * Flips && Value(line, 9) == Value(line, 7)
            && Value(line, 3) == Value(line, 1));
        await third.TypeAsync("stop");
        await third.EndedAsync();

        int changes = Value(third.Output.Last(), 7);
        output.WriteLine(
            $"{changes} notifications, {_receiver.Distinct} arrived, {_receiver.Repeats} repeats, "
                + $"{unanswered} requests were taken without an answer before the second kill");
        Assert.InRange(changes, Alarms * Flips, Alarms * (Flips + 1));
        Assert.Equal(changes, _receiver.Distinct);
        Assert.Equal(0, Value(third.Output.Last(), 5));

        // A killed process may have got answers that it has not written down.
        Assert.InRange(_receiver.Repeats, 0, AnsweredBeforeKill + unanswered);
    }

    // accepted 1 delivered 3 lost 5 changes 7 told 9
    private static int Value(string line, int word) =>
        line.Split(' ') is { Length: 10 } words ? int.Parse(words[word], CultureInfo.InvariantCulture) : -1;

    private RunningProgram Start() => RunningProgram.Start(
        BuiltProgram.PathOf("tests", "CloudObserve.AlarmedApp"), [], _receiver.Url, _directory.FullName,
        Alarms.ToString(CultureInfo.InvariantCulture));
}
