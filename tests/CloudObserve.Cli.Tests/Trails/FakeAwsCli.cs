using System.Diagnostics;

namespace CloudObserve.Cli.Tests.Trails;

/// <summary>
/// A folder to put first on PATH: its <c>aws</c> serves a bucket by the conventions of the AWS CLI, and its <c>cloudobserve</c> is the
/// tool.
/// </summary>
/// <remarks>
/// As the AWS CLI does, <c>s3 sync</c> copies the objects as they are, without their metadata, and <c>s3api head-object</c> prints the
/// metadata. An object that is not there is an error with status 254, and any other command is one with status 252.
/// </remarks>
internal sealed class FakeAwsCli : IDisposable
{
    private const string Aws = """
        #!/bin/sh
        set -eu
        root=$(cd "$(dirname "$0")/.." && pwd)
        command="$1 $2"
        shift 2
        bucket= key= region= start= output=json
        case $command in
        's3 sync')
          from=$root/buckets/${1#s3://}
          to=$2
          [ -d "$from" ] || { printf '\nfatal error: An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n' >&2; exit 1; }
          (cd "$from" && find . -type f | sed 's|^\./||' | sort) | while read -r name; do
            mkdir -p "$(dirname "$to/$name")"
            cp "$from/$name" "$to/$name"
            echo "download: $1/$name to $to/$name"
          done
          exit ;;
        esac
        while [ $# -gt 0 ]; do
          case $1 in
          --bucket) bucket=$2 ;;
          --key) key=$2 ;;
          --region) region=$2 ;;
          --start-time) start=$2 ;;
          --output) output=$2 ;;
          *) echo "Unknown options: $1" >&2; exit 252 ;;
          esac
          shift 2
        done
        [ "$output" = json ] || { echo "only json is served here" >&2; exit 252; }
        case $command in
        's3api head-object')
          head=$root/heads/$bucket/$key
          [ -f "$head" ] || { printf '\nAn error occurred (404) when calling the HeadObject operation: Not Found\n' >&2; exit 254; }
          cat "$head" ;;
        'cloudtrail list-public-keys')
          [ -n "$start" ] || exit 252
          [ -f "$root/keys/$region.json" ] || { printf '{\n    "PublicKeyList": []\n}\n'; exit; }
          cat "$root/keys/$region.json" ;;
        *) echo "aws: error: argument command: Invalid choice" >&2; exit 252 ;;
        esac

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    internal FakeAwsCli()
    {
        AddProgram("aws", Aws);
        AddProgram("cloudobserve", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "CloudObserve.Cli.dll")}' \"$@\"\n");
        _ = Directory.CreateDirectory(Work);
    }

    private string Work => Path.Combine(_folder.FullName, "work");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Serves the objects of a bucket, with their metadata.</summary>
    internal void Serve(CloudTrailBucket bucket, string region)
    {
        bucket.SaveKeys();
        Write(Path.Combine("keys", region + ".json"), File.ReadAllBytes(bucket.KeysFile));
        File.Delete(bucket.KeysFile);
        foreach (string file in Directory.EnumerateFiles(bucket.Root, "*", SearchOption.AllDirectories))
        {
            Write(Path.Combine("buckets", CloudTrailBucket.Name, Path.GetRelativePath(bucket.Root, file)), File.ReadAllBytes(file));
        }

        foreach (string digest in bucket.Digests)
        {
            Write(Path.Combine("heads", CloudTrailBucket.Name, digest), System.Text.Encoding.UTF8.GetBytes(bucket.MetadataOf(digest)));
        }
    }

    /// <summary>Runs a script in an empty folder.</summary>
    internal async Task<CommandRun> RunAsync(string script)
    {
        ProcessStartInfo start = new("sh", ["-eu", "-c", script])
        {
            WorkingDirectory = Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(_folder.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, output, await error);
    }

    private void AddProgram(string name, string script)
    {
        Write(Path.Combine("bin", name), System.Text.Encoding.UTF8.GetBytes(script));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path.Combine(_folder.FullName, "bin", name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
