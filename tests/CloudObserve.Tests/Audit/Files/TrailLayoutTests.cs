using CloudObserve.Audit.Files;

namespace CloudObserve.Tests.Audit.Files;

public sealed class TrailLayoutTests
{
    private const string LogKey =
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T0715Z_abcdefgh01234567.json.gz";

    private const string DigestKey =
        "AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/20/111122223333_CloudTrail-Digest_eu-west-1_my_trail_eu-west-1_20261120T071521Z.json.gz";

    private static readonly DateTimeOffset Time = new(2026, 11, 20, 9, 15, 21, TimeSpan.FromHours(2));

    [Fact]
    public void Keys_are_CloudTrails_in_UTC()
    {
        Assert.Equal(LogKey, TrailLayout.LogKey("111122223333", "eu-west-1", Time, "abcdefgh01234567"));
        Assert.Equal(DigestKey, TrailLayout.DigestKey("111122223333", "eu-west-1", "my_trail", Time));
    }

    [Fact]
    public void What_was_built_is_read()
    {
        TrailFile log = Parse(LogKey);
        TrailFile digest = Parse(DigestKey);

        Assert.Equal(new TrailFile(
            TrailFileKind.Log, LogKey, "111122223333", "eu-west-1", null, new(2026, 11, 20, 7, 15, 0, TimeSpan.Zero)), log);
        Assert.Equal(new TrailFile(TrailFileKind.Digest, DigestKey, "111122223333", "eu-west-1", "my_trail", Time.ToUniversalTime()),
            digest);
    }

    [Theory]
    [InlineData("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/21/111122223333_CloudTrail_eu-west-1_20261120T0715Z_abcdefgh01234567.json.gz")]
    [InlineData("AWSLogs/111122223334/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T0715Z_abcdefgh01234567.json.gz")]
    [InlineData("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T0765Z_abcdefgh01234567.json.gz")]
    [InlineData("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T0715Z_abcdefgh01234567.json.gz.tmp")]
    [InlineData("AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/20/111122223333_CloudTrail-Digest_eu-west-1_t_us-east-1_20261120T071521Z.json.gz")]
    [InlineData("journal/active.jsonl")]
    public void A_key_that_contradicts_itself_is_none_of_the_trail(string key) => Assert.False(TrailLayout.TryParse(key, out _));

    [Fact]
    public void Files_are_found_in_order_and_foreign_ones_are_left_out()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory();
        try
        {
            TrailLayout layout = new(directory.FullName);
            string[] keys = [LogKey, DigestKey, DigestKey + ".sig", LogKey + ".tmp", "AWSLogs/notes.json.gz"];
            foreach (string path in keys.Select(layout.PathOf))
            {
                _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, "");
            }

            Assert.Equal([DigestKey, LogKey], layout.Files().Select(f => f.Key));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static TrailFile Parse(string key)
    {
        Assert.True(TrailLayout.TryParse(key, out TrailFile? file));
        return file;
    }
}
