using System.Text;
using System.Text.Json;
using CloudObserve.Monitoring.Alarms.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Remembers the alarms that were put into CloudWatch, so that a later process knows which of them it does not define any
/// more.</summary>
/// <remarks>The alarms are in the order in which they were put: those that others use are first.</remarks>
/// <param name="directory">The directory of the alarms; <see langword="null"/> to remember them until the process ends.</param>
/// <param name="logger">Receives faults of the disk.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class ProvisionedFile(string? directory, ILogger logger)
{
    internal const string FileName = "provisioned.json";

    private const string NewName = "provisioned.new.json";
    private const int MaxBytes = 16 * 1024 * 1024;

    private List<RecordedAlarm>? _alarms;

    /// <summary>Gets the alarms that were put.</summary>
    internal IReadOnlyList<RecordedAlarm> Alarms => _alarms ??= Read();

    /// <summary>Adds alarms, and removes others.</summary>
    internal void Change(IEnumerable<RecordedAlarm> put, IReadOnlyCollection<string> gone)
    {
        RecordedAlarm[] latest = [.. put];
        HashSet<string> dropped = new(gone.Concat(latest.Select(static alarm => alarm.Name)), StringComparer.Ordinal);
        List<RecordedAlarm> alarms = [.. Alarms.Where(alarm => !dropped.Contains(alarm.Name)), .. latest];
        if (alarms.SequenceEqual(Alarms))
        {
            return;
        }

        _alarms = alarms;
        if (directory is not null)
        {
            Write(directory, alarms);
        }
    }

    private void Write(string path, List<RecordedAlarm> alarms)
    {
        byte[] json = Encoding.UTF8.GetBytes(JsonText.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (RecordedAlarm alarm in alarms)
            {
                writer.WriteStartObject();
                writer.WriteString("name", alarm.Name);
                writer.WriteBoolean("composite", alarm.IsComposite);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }));
        try
        {
            OwnFiles.CreateDirectory(path);
            File.Delete(Path.Combine(path, NewName));
            using (SafeFileHandle file = OwnFiles.OpenOrCreate(Path.Combine(path, NewName)))
            {
                RandomAccess.Write(file, json, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(Path.Combine(path, NewName), Path.Combine(path, FileName), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.AlarmStateNotStored(path, exception.Message);
        }
    }

    private List<RecordedAlarm> Read()
    {
        if (directory is null || !File.Exists(Path.Combine(directory, FileName)))
        {
            return [];
        }

        try
        {
            string path = Path.Combine(directory, FileName);
            if (new FileInfo(path).Length > MaxBytes)
            {
                throw new IOException($"{FileName} has more than {MaxBytes} bytes.");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return
            [
                .. document.RootElement.EnumerateArray()
                    .Select(static alarm => new RecordedAlarm(JsonTexts.Text(alarm, "name"), alarm.GetProperty("composite").GetBoolean()))
                    .Where(static alarm => alarm.Name.Length > 0),
            ];
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            logger.AlarmStateNotUsable(directory, $"{FileName}: {exception.Message} Alarms that were put earlier are not known.");
            return [];
        }
    }
}
