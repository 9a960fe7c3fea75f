using CloudObserve.Monitoring.Alarms.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Reads the topics of the application's code and of its configuration.</summary>
/// <param name="definitions">The definitions in code.</param>
/// <param name="configuration">The configuration, if there is one.</param>
internal sealed class TopicReader(MonitoringDefinitions definitions, IConfiguration? configuration)
{
    private const string TopicsKey = $"{MonitoringOptions.SectionName}:Topics";
    private const string Webhooks = "Webhooks";
    private const string Sns = "Sns";
    private const string LogLevelKey = "LogLevel";
    private const string Headers = nameof(Webhook.Headers);
    private const int MaxName = 256;

    private static readonly string[] TopicKeys = [Webhooks, Sns, LogLevelKey];
    private static readonly string[] SnsKeys = [nameof(SnsTopic.TopicArn), nameof(SnsTopic.MessagePerProtocol)];

    private static readonly string[] WebhookKeys =
        [nameof(Webhook.Address), nameof(Webhook.Format), nameof(Webhook.Template), nameof(Webhook.Secret), Headers];

    /// <summary>Reads all topics.</summary>
    /// <returns>The topics, and their faults. A topic with a fault is among them.</returns>
    internal (Dictionary<string, Topic> Topics, List<TopicFault> Faults) Read()
    {
        Dictionary<string, Topic> topics = new(StringComparer.Ordinal);
        List<TopicFault> faults = [];
        foreach (IConfigurationSection section in configuration?.GetSection(TopicsKey).GetChildren() ?? [])
        {
            topics[section.Key] = Read(section, faults);
        }

        foreach (IGrouping<string, TopicBuilder> topic in definitions.Topics.GroupBy(static t => t.Name, static t => t.Topic))
        {
            topics[topic.Key] = Add(topics.GetValueOrDefault(topic.Key), topic.Key, [.. topic], faults);
        }

        foreach (string name in topics.Keys.Where(static name => !IsName(name)))
        {
            string place = configuration?.GetSection($"{TopicsKey}:{name}").Exists() == true
                ? $"{TopicsKey}:{name}" : $"The topic '{name}'";
            faults.Add(new TopicFault(name, $"{place}: the name must have 1 to {MaxName} letters, digits, dashes and underscores."));
        }

        return (topics, faults);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static Topic Add(Topic? configured, string name, TopicBuilder[] builders, List<TopicFault> faults)
    {
        Dictionary<string, TopicEndpoint> endpoints = new(configured?.Endpoints ?? new Dictionary<string, TopicEndpoint>());
        int number = 0;
        foreach (TopicEndpoint endpoint in builders.SelectMany(static builder => builder.Endpoints))
        {
            number++;
            endpoints[$"{number}"] = endpoint;
            faults.AddRange(endpoint.Faults().Select(fault => new TopicFault(
                name, $"The topic '{name}', target {number}: {fault.Member} {fault.Rule}.")));
        }

        LogLevel? level = builders.Select(static builder => builder.Level).LastOrDefault(static given => given is not null);
        return new Topic(name, endpoints, level ?? configured?.LogLevel);
    }

    private static Topic Read(IConfigurationSection section, List<TopicFault> faults)
    {
        SectionReader reader = new(section.Key, faults);
        reader.Know(section, TopicKeys);
        Dictionary<string, TopicEndpoint> endpoints = [];
        foreach (IConfigurationSection webhook in section.GetSection(Webhooks).GetChildren())
        {
            endpoints[$"{Webhooks}:{webhook.Key}"] = ReadWebhook(webhook, reader);
        }

        foreach (IConfigurationSection topic in section.GetSection(Sns).GetChildren())
        {
            endpoints[$"{Sns}:{topic.Key}"] = ReadSns(topic, reader);
        }

        foreach ((string key, TopicEndpoint endpoint) in endpoints)
        {
            reader.Add(endpoint.Faults().Select(fault => $"{section.Path}:{key}:{fault.Member} {fault.Rule}."));
        }

        return new Topic(section.Key, endpoints, reader.Member<LogLevel>(section, LogLevelKey));
    }

    private static Webhook ReadWebhook(IConfigurationSection section, SectionReader reader)
    {
        reader.Know(section, WebhookKeys);
        return new Webhook(section[nameof(Webhook.Address)] ?? "")
        {
            Format = reader.Member<WebhookFormat>(section, nameof(Webhook.Format)) ?? WebhookFormat.Sns,
            Template = Given(section, nameof(Webhook.Template)),
            Secret = Given(section, nameof(Webhook.Secret)),
            Headers = [.. section.GetSection(Headers).GetChildren().Select(static h => KeyValuePair.Create(h.Key, h.Value ?? ""))],
        };
    }

    private static SnsTopic ReadSns(IConfigurationSection section, SectionReader reader)
    {
        reader.Know(section, SnsKeys);
        return new SnsTopic(
            section[nameof(SnsTopic.TopicArn)] ?? "", reader.Flag(section, nameof(SnsTopic.MessagePerProtocol)) ?? false);
    }

    // JSON's null is an empty text in the configuration.
    private static string? Given(IConfigurationSection section, string key) => section[key] is { Length: > 0 } value ? value : null;

    /// <summary>Reads values of one topic, and collects the faults.</summary>
    private sealed class SectionReader(string topic, List<TopicFault> faults)
    {
        internal void Add(IEnumerable<string> texts) => faults.AddRange(texts.Select(text => new TopicFault(topic, text)));

        /// <summary>Reports keys that are not known.</summary>
        internal void Know(IConfigurationSection section, string[] keys) => Add(section.GetChildren()
            .Where(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{child.Path} is not known; the keys here are {string.Join(", ", keys)}."));

        internal T? Member<T>(IConfigurationSection section, string key)
            where T : struct, Enum
        {
            if (Given(section, key) is not { } value)
            {
                return null;
            }

            if (Enum.TryParse(value, ignoreCase: true, out T member) && Enum.IsDefined(member) && !char.IsAsciiDigit(value[0]))
            {
                return member;
            }

            Add([$"{section.Path}:{key} is '{value}', but must be one of {string.Join(", ", Enum.GetNames<T>())}."]);
            return null;
        }

        internal bool? Flag(IConfigurationSection section, string key)
        {
            if (Given(section, key) is not { } value)
            {
                return null;
            }

            if (bool.TryParse(value, out bool flag))
            {
                return flag;
            }

            Add([$"{section.Path}:{key} is '{value}', but must be true or false."]);
            return null;
        }
    }
}
