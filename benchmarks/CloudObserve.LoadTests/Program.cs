using CloudObserve.LoadTests.Scenarios;
using CloudObserve.LoadTests.Working;

// "worker ..." is the application under load, which the scenarios start as a process of its own.
if (args is [Worker.Role, .. string[] settings])
{
    return await Worker.RunAsync(settings);
}

return await ScenarioRun.MainAsync(args);
