using CloudObserve.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Definitions in the configuration, their faults, and their changes while the application runs.</summary>
public sealed class AlarmConfigurationTests
{
    private const string Orders = """
        {"AlarmName":"orders","Namespace":"Shop","MetricName":"Orders","Statistic":"Sum","Period":60,"EvaluationPeriods":1,
        "ComparisonOperator":"GreaterThanThreshold","Threshold":50.5,"ActionsEnabled":true,"OKActions":[],"Dimensions":[],
        "AlarmActions":["arn:aws:sns:us-east-1:000000000000:ops"],"Tags":[{"Key":"team","Value":"shop"}]}
        """;

    [Fact]
    public async Task The_input_of_CloudWatchs_operations_can_be_pasted()
    {
        await using AlarmHost host = new(configuration: AlarmHost.Json($$$"""
            {
              "Alarms": {
                "orders": {{{Orders}}},
                "math": {"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanThreshold","Threshold":1,"Metrics":[
                  {"Id":"m","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Orders"},"Period":60,"Stat":"Sum"},"ReturnData":false},
                  {"Id":"e","Expression":"m * 2"}]},
                "all": {"AlarmName":"all","AlarmRule":"ALARM(orders) OR ALARM(math)"}
              },
              "MuteRules": {
                "night": {"Rule":{"Schedule":{"Expression":"cron(0 2 * * *)","Duration":"PT1H"}},"MuteTargets":{"AlarmNames":["orders"]}}
              }
            }
            """));

        Assert.Equal(50.5, host.Metric("orders")!.Definition.Threshold);
        Assert.Equal("shop", Assert.Single(host.Metric("orders")!.Definition.Tags).Value);
        Assert.Equal("m * 2", host.Metric("math")!.Definition.Metrics[1].Expression);
        Assert.Equal("ALARM(orders) OR ALARM(math)", host.Composite("all").Definition.AlarmRule);
        Assert.Equal("night", Assert.Single(host.Alarms.ListAlarmMuteRules()).Rule.Name);
        host.Minute(80);
        Assert.Equal(AlarmState.Alarm, host.StateOf("all"));
    }

    [Fact]
    public async Task All_faults_are_reported_at_start_with_key_and_CloudWatchs_words()
    {
        await using AlarmHost host = new(
            m => m.AddAlarm("twice", a => AlarmHost.Orders()(a)).AddAlarm("twice", a => AlarmHost.Orders()(a))
                .AddAlarm("period", a => AlarmHost.Orders()(a.Every(TimeSpan.FromSeconds(7))))
                .AddAlarm("broken", _ => throw new InvalidOperationException("the callback failed"))
                .AddCompositeAlarm("lonely", "ALARM(missing)")
                .AddCompositeAlarm("x", "ALARM(y)").AddCompositeAlarm("y", "ALARM(x)"),
            AlarmHost.Json("""
                {"Alarms":{"cfg":{"Period":"soon","Treshold":1},"other":{"AlarmName":"team:other","AlarmRule":"nonsense"},
                 "same":{"AlarmName":"cfg","AlarmRule":"TRUE"}},
                 "MuteRules":{"m":{"Rule":{"Schedule":{"Expression":"now","Duration":"PT1H"}}}}}
                """));

        OptionsValidationException exception = Assert.ThrowsAny<OptionsValidationException>(() => host.Alarms);

        string[] expected =
        [
            "The alarm 'twice': AlarmName is defined in code more than once",
            "The alarm 'period': Period must be 10, 20, 30 or a multiple of 60",
            "The alarm 'broken': the callback failed",
            "The alarm 'lonely': Could not save the composite alarm as alarms [arn:aws:cloudwatch:us-east-1:000000000000:alarm:missing] in the alarm rule do not exist",
            "The alarm 'y': A composite alarm cannot have a child relation with its parents, as it would introduce a circular dependency: x -> y -> x",
            "CloudObserve:Monitoring:Alarms:cfg: Period must be a number, not \"soon\".",
            "CloudObserve:Monitoring:Alarms:cfg: AlarmName is 'cfg', but must be unique; CloudObserve:Monitoring:Alarms:same has the same",
            "CloudObserve:Monitoring:Alarms:other: Error in AlarmRule [Unsupported token 'nonsense' at char 0",
            "CloudObserve:Monitoring:MuteRules:m: Expression 'now' must be cron(",
        ];
        Assert.All(expected, text => Assert.Contains(exception.Failures, failure => failure.StartsWith(text, StringComparison.Ordinal)));
        Assert.Contains(
            exception.Failures,
            static failure => failure.Contains("Unknown parameter in input: \"Treshold\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_no_key_can_have_is_imported_read_by_a_host_and_exported_again()
    {
        const string described = """
            {"MetricAlarms":[{"AlarmName":"team:orders","Namespace":"Shop","MetricName":"Orders","Statistic":"Sum","Period":60,
            "EvaluationPeriods":1,"ComparisonOperator":"GreaterThanThreshold","Threshold":50}],
            "CompositeAlarms":[{"AlarmName":"team:all","AlarmRule":"ALARM(\"team:orders\")"}]}
            """;
        string settings = AlarmDefinitions.Import(described, out _).ToSettings();
        IConfigurationRoot read = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(settings))).Build();
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(read.AsEnumerable()).Build();
        await using AlarmHost host = new(m => m.AddAlarm("team:orders", a => a.GreaterThan(70)), configuration);

        Assert.Equal(70, host.Metric("team:orders")!.Definition.Threshold);
        host.Minute(80);
        Assert.Equal(AlarmState.Alarm, host.StateOf("team:all"));
        configuration["CloudObserve:Monitoring:Alarms:team-orders:Period"] = "7";
        configuration.Reload();
        Assert.StartsWith(
            "A changed definition was refused, and the alarm keeps the one that it has. CloudObserve:Monitoring:Alarms:team-orders: Period",
            Assert.Single(host.Log.Of("AlarmDefinitionRefused")),
            StringComparison.Ordinal);
        Assert.Equal(AlarmState.Alarm, host.StateOf("team:all"));
        AlarmDefinitions again = AlarmDefinitions.Read(configuration.GetSection("CloudObserve:Monitoring:Alarms"));
        Assert.Equal("team:orders", Assert.Single(again.MetricAlarms).AlarmName);
        Assert.Equal("team:all", Assert.Single(again.CompositeAlarms).AlarmName);
    }

    [Fact]
    public async Task Code_adds_to_the_alarm_of_the_configuration_and_takes_precedence()
    {
        await using AlarmHost host = new(
            m => m.AddAlarm("orders", a => a.GreaterThan(70)), AlarmHost.Json($$"""{"Alarms":{"orders":{{Orders}} } }"""));

        AlarmDefinition orders = host.Metric("orders")!.Definition;
        Assert.Equal((70.0, "Orders", "Sum"), (orders.Threshold, orders.MetricName, orders.Statistic));
    }

    [Fact]
    public async Task A_name_is_either_a_metric_alarm_or_a_composite_alarm()
    {
        await using AlarmHost host = new(
            m => m.AddAlarm("a", a => AlarmHost.Orders()(a)), AlarmHost.Json("""{"Alarms":{"a":{"AlarmRule":"TRUE"}}}"""));

        Assert.Contains(
            "AlarmName is the name of a metric alarm and of a composite alarm",
            Assert.ThrowsAny<OptionsValidationException>(() => host.Alarms).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_configuration_changes_what_differs_and_nothing_else()
    {
        IConfigurationRoot configuration = Two();
        await using AlarmHost host = new(configuration: configuration);
        host.Minute(80);
        DateTimeOffset since = host.Metric("kept")!.StateTransitionedTimestamp;

        configuration["CloudObserve:Monitoring:Alarms:changed:Threshold"] = "100";
        configuration["CloudObserve:Monitoring:Alarms:added:AlarmRule"] = "ALARM(kept)";
        configuration.Reload();

        Assert.Equal((AlarmState.Alarm, since), (host.StateOf("kept"), host.Metric("kept")!.StateTransitionedTimestamp));
        Assert.Equal((AlarmState.Alarm, 100.0), (host.StateOf("changed"), host.Metric("changed")!.Definition.Threshold));
        Assert.Equal(AlarmState.Alarm, host.StateOf("added"));
        Assert.Equal(["Alarm \"kept\" created"], host.History("kept", "ConfigurationUpdate"));
        Assert.Equal(["Alarm \"changed\" created", "Alarm \"changed\" updated"], host.History("changed", "ConfigurationUpdate"));
        host.Minute(80);
        Assert.Equal(AlarmState.Ok, host.StateOf("changed"));
    }

    [Fact]
    public async Task A_faulty_change_is_refused_for_its_alarm_alone_and_said()
    {
        IConfigurationRoot configuration = Two();
        await using AlarmHost host = new(configuration: configuration);
        _ = host.Alarms;

        configuration["CloudObserve:Monitoring:Alarms:changed:Threshold"] = "many";
        configuration["CloudObserve:Monitoring:Alarms:kept:Threshold"] = "60";
        configuration["CloudObserve:Monitoring:Alarms:new:AlarmRule"] = "ALARM(nothing)";
        configuration.Reload();

        Assert.Equal((50.0, 60.0), (host.Metric("changed")!.Definition.Threshold, host.Metric("kept")!.Definition.Threshold));
        Assert.Contains(host.Log.Of("AlarmDefinitionRefused"), line => line.Contains("Alarms:changed: Threshold must be a number",
            StringComparison.Ordinal));
        Assert.Contains(host.Log.Of("AlarmDefinitionRefused"), line => line.Contains("Alarms:new: Could not save the composite alarm",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alarm_that_a_composite_alarm_uses_is_not_deleted_and_another_one_is()
    {
        MutableConfiguration source = new();
        foreach (string name in new[] { "child", "free" })
        {
            source.SetAlarm(name, 50);
        }

        IConfigurationRoot configuration = new ConfigurationBuilder().Add(source).Build();
        await using AlarmHost host = new(m => m.AddCompositeAlarm("parent", "ALARM(child)"), configuration);
        _ = host.Alarms;

        source.Remove("child");
        source.Remove("free");
        configuration.Reload();

        Assert.Equal(AlarmState.InsufficientData, host.Metric("child")!.StateValue);
        Assert.Null(host.Metric("free"));
        Assert.Contains("Alarm \"free\" deleted", host.History("free"));
        Assert.Contains(host.Log.Of("AlarmDefinitionRefused"), line => line.Contains(
            "Cannot delete child as there are composite alarm(s) depending on it.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_out_of_range_are_faults_at_start()
    {
        await using AlarmHost host = new(configuration: AlarmHost.Configured(
            ("Region", "Europe"), ("AccountId", "12"), ("MaxHistoryBytes", "1"), ("HandlerTimeout", "00:20:00")));

        Assert.Equal(4, Assert.ThrowsAny<OptionsValidationException>(() => host.Alarms).Failures.Count());
    }

    [Fact]
    public async Task Recorded_requests_of_operations_are_answered_as_CloudWatch_answers_them()
    {
        await using AlarmHost host = new(m => m.AddAlarm("cpu-high", a => AlarmHost.Orders()(a)));
        _ = host.Alarms;

        CloudWatchException unknown = Assert.Throws<CloudWatchException>(() => host.Alarms.SetAlarmState(
            new SetAlarmStateRequest { AlarmName = "cpu-high", StateValue = "INVALID", StateReason = "test" }));
        Assert.Equal(
            "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: "
                + "[INSUFFICIENT_DATA, ALARM, OK]",
            unknown.Message);

        host.Alarms.SetAlarmState(new SetAlarmStateRequest
        {
            AlarmName = "cpu-high",
            StateValue = "ALARM",
            StateReason = "first reason",
            StateReasonData = """{ "z": 2, "a": [1] }""",
        });
        Assert.Equal("""{ "z": 2, "a": [1] }""", host.Metric("cpu-high")!.StateReasonData);
        host.Alarms.SetAlarmState(new SetAlarmStateRequest { AlarmName = "cpu-high", StateValue = "ALARM", StateReason = "again" });
        Assert.Equal("first reason", host.Metric("cpu-high")!.StateReason);
        host.Alarms.EnableAlarmActions("cpu-high", "missing");

        Assert.Equal("ResourceNotFound", Assert.Throws<CloudWatchException>(() => host.Alarms.Fire("missing")).Code);
        Assert.Equal("InvalidFormat", Assert.Throws<CloudWatchException>(() => host.Alarms.SetAlarmState(new SetAlarmStateRequest
        {
            AlarmName = "cpu-high",
            StateValue = "OK",
            StateReason = "",
            StateReasonData = "{no",
        })).Code);
    }

    private static IConfigurationRoot Two() => new ConfigurationBuilder().AddInMemoryCollection(
        new[] { "kept", "changed" }.SelectMany(static name => MutableConfiguration.Alarm(name, 50))).Build();

    private sealed class MutableConfiguration : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        internal static IEnumerable<KeyValuePair<string, string?>> Alarm(string name, int threshold) => new (string Key, string Value)[]
        {
            ("Namespace", "Shop"), ("MetricName", "Orders"), ("Statistic", "Sum"), ("Period", "60"), ("EvaluationPeriods", "1"),
            ("ComparisonOperator", "GreaterThanThreshold"), ("Threshold", $"{threshold}"),
        }.Select(setting => KeyValuePair.Create($"CloudObserve:Monitoring:Alarms:{name}:{setting.Key}", (string?)setting.Value));

        internal void SetAlarm(string name, int threshold)
        {
            foreach ((string key, string? value) in Alarm(name, threshold))
            {
                Data[key] = value;
            }
        }

        internal void Remove(string name)
        {
            foreach (string key in Data.Keys.Where(key => key.Contains($":{name}:", StringComparison.Ordinal)).ToArray())
            {
                _ = Data.Remove(key);
            }
        }
    }
}
