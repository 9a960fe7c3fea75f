using System.Globalization;
using CloudObserve.Audit.Files;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Journal;

/// <summary>Represents a head that belongs to no journal in the directory and was moved to another name.</summary>
/// <param name="Found">The path of the head when it was found.</param>
/// <param name="File">The new path of the head.</param>
/// <param name="Newest">The line that the head names.</param>
/// <param name="IsCopy">
/// Whether the head is certainly a copy: it was written in another directory, or it was beside the trail's own head. Otherwise the rest of
/// its trail may have been deleted.
/// </param>
internal sealed record ForeignHead(string Found, string File, TrailHead Newest, bool IsCopy)
{
    /// <summary>Describes the finding and the action that the operator should take.</summary>
    public override string ToString() => IsCopy
        ? $"'{Found}' is the head of another trail: the file was copied or published here without the rest of its trail. It was moved to "
            + $"'{File}', and the trail continues without it. To move a trail, copy its whole directory."
        : $"'{Found}' says that {Counted.Of(Newest.Sequence, "record")} {Counted.Form(Newest.Sequence, "was", "were")} written, but the "
            + $"rest of its trail is not here: only this file was copied or published here, or the rest was deleted. It was moved to "
            + $"'{File}', and a new trail begins. The verification reports this. If the file was copied, stop the process, delete the "
            + $"trail's directory and start it again.";
}
