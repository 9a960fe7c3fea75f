using CloudObserve.LoadTests.Calling;
using CloudObserve.LoadTests.Scenarios;
using CloudObserve.LoadTests.Working;

// "worker ..." and "caller ..." are applications under load, which the scenarios start as processes of their own.
return args switch
{
    [Worker.Role, .. string[] settings] => await Worker.RunAsync(settings),
    [Caller.Role, .. string[] settings] => await Caller.RunAsync(settings),
    _ => await ScenarioRun.MainAsync(args),
};
