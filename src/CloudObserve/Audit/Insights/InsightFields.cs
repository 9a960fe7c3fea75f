using System.Text.Json;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Insights;

/// <summary>Reads the members of a record that insights need.</summary>
internal struct InsightFields
{
    private DateTimeOffset _time;
    private string? _source;
    private string? _name;
    private string? _error;
    private string? _arn;
    private string? _agent;
    private string? _category;
    private bool _isReadOnly;
    private bool _isIntent;

    internal void Read(ref Utf8JsonReader json)
    {
        _ = json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string? name = json.GetString();
            _ = json.Read();
            if (name == RecordNames.UserIdentity && json.TokenType == JsonTokenType.StartObject)
            {
                ReadIdentity(ref json);
                continue;
            }

            if (name == RecordNames.AdditionalEventData && json.TokenType == JsonTokenType.StartObject)
            {
                ReadAdditional(ref json);
                continue;
            }

            if (json.TokenType == JsonTokenType.String)
            {
                ReadText(name, ref json);
            }

            _isReadOnly |= name == RecordNames.ReadOnly && json.TokenType == JsonTokenType.True;
            json.Skip();
        }
    }

    internal readonly bool TryGet(out InsightSample sample)
    {
        sample = new InsightSample(
            _time, _source ?? "", _name ?? "", _error, _arn, _agent, !_isReadOnly && _category == nameof(AuditEventCategory.Management));
        return !_isIntent && _source is not null && _name is not null && _time != default
            && _category != nameof(AuditEventCategory.Insight);
    }

    private void ReadText(string? name, ref Utf8JsonReader json)
    {
        switch (name)
        {
            case RecordNames.EventTime:
                _ = json.TryGetDateTimeOffset(out _time);
                break;
            case RecordNames.EventSource:
                _source = json.GetString();
                break;
            case RecordNames.EventName:
                _name = json.GetString();
                break;
            case RecordNames.ErrorCode:
                _error = json.GetString();
                break;
            case RecordNames.UserAgent:
                _agent = json.GetString();
                break;
            case RecordNames.EventCategory:
                _category = json.GetString();
                break;
            default:
                break;
        }
    }

    private void ReadIdentity(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isArn = json.ValueTextEquals(RecordNames.Arn);
            _ = json.Read();
            _arn = isArn && json.TokenType == JsonTokenType.String ? json.GetString() : _arn;
            json.Skip();
        }
    }

    // An action whose intent is recorded too has two records. Only its outcome counts.
    private void ReadAdditional(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isAction = json.ValueTextEquals(RecordNames.Action);
            _ = json.Read();
            if (isAction && json.TokenType == JsonTokenType.StartObject)
            {
                ReadAction(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadAction(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isPhase = json.ValueTextEquals("phase"u8);
            _ = json.Read();
            _isIntent |= isPhase && json.TokenType == JsonTokenType.String && json.ValueTextEquals("intent"u8);
            json.Skip();
        }
    }
}
