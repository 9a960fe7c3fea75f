using CloudObserve.LoadTests.Calling;
using CloudObserve.LoadTests.Scenarios;
using CloudObserve.LoadTests.Working;

// "worker ..." and "caller ..." run an application under load. The scenarios start them as separate processes.
return args switch
{
    [Worker.Role, .. string[] settings] => await Worker.RunAsync(settings),
    [Caller.Role, .. string[] settings] => await Caller.RunAsync(settings),
    _ => await ScenarioRun.MainAsync(args),
};
