namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Compares a text with the one somebody approved. To accept a change, run the tests once with <c>CLOUDOBSERVE_ACCEPT_API=1</c> and commit
/// the approved text with the change that caused it.
/// </summary>
internal static class Approval
{
    internal const string Switch = "CLOUDOBSERVE_ACCEPT_API";

    // A gate must never approve what it checks.
    internal static bool Accepting { get; } = Environment.GetEnvironmentVariable(Switch) == "1"
        && Environment.GetEnvironmentVariable("CI") != "true";

    /// <returns>The differences; empty when the text is the approved one or has been accepted now.</returns>
    internal static IReadOnlyList<string> Check(string approvedPath, string actual, bool accept)
    {
        string receivedPath = ReceivedPath(approvedPath);
        string approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (accept || approved == actual)
        {
            File.Delete(receivedPath);
            if (approved != actual)
            {
                File.WriteAllText(approvedPath, actual);
            }

            return [];
        }

        File.WriteAllText(receivedPath, actual);
        return [$"{Path.GetFileName(approvedPath)} differs (accept with {Switch}=1):", .. Diff(approved.Split('\n'), actual.Split('\n'))];
    }

    // A text that is used where it lies (a document, a schema) is not called approved; what was received never takes its place.
    private static string ReceivedPath(string approvedPath) => approvedPath.Contains(".approved.", StringComparison.Ordinal)
        ? approvedPath.Replace(".approved.", ".received.", StringComparison.Ordinal)
        : approvedPath + ".received.txt";

    /// <summary>
    /// The shortest edit, by the longest common subsequence; each changed line under the last unchanged one that is not indented.
    /// </summary>
    private static List<string> Diff(string[] old, string[] now)
    {
        int[,] common = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return Walk(old, now, common);
    }

    private static List<string> Walk(string[] old, string[] now, int[,] common)
    {
        List<string> lines = [];
        string heading = "", told = "";
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                heading = old[i].Length > 0 && old[i][0] != ' ' ? old[i] : heading;
                (i, j) = (i + 1, j + 1);
                continue;
            }

            if (heading != told)
            {
                lines.Add("  " + heading);
                told = heading;
            }

            bool removed = j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]);
            lines.Add(removed ? "- " + old[i++] : "+ " + now[j++]);
        }

        return lines;
    }
}
