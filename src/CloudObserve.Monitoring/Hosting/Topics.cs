using CloudObserve.Monitoring.Alarms.Notifications;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Collects the topics that the application defines in code, until the start.</summary>
internal sealed class Topics
{
    private readonly Dictionary<string, IReadOnlyList<Webhook>> _webhooks = new(StringComparer.Ordinal);

    /// <summary>Gets the webhooks by topic.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<Webhook>> Webhooks => _webhooks;

    internal void Add(string name, IReadOnlyList<Webhook> webhooks) =>
        _webhooks[name] = [.. _webhooks.GetValueOrDefault(name) ?? [], .. webhooks];

    /// <summary>Returns all faults. They do not contain addresses and secrets.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach ((string name, IReadOnlyList<Webhook> webhooks) in _webhooks)
        {
            if (name.Length is 0 or > 256 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                yield return $"The topic '{name}': the name must have 1 to 256 letters, digits, dashes and underscores.";
            }

            for (int i = 0; i < webhooks.Count; i++)
            {
                foreach (string fault in webhooks[i].Faults())
                {
                    yield return $"The topic '{name}', webhook {i + 1}: {fault}.";
                }
            }
        }
    }
}
