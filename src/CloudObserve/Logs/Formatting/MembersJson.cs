namespace CloudObserve.Logs.Formatting;

/// <summary>
/// Writes named values as members of one JSON object. Of equal names the last wins, which among scopes is the innermost: a query finds
/// <c>scopes.RequestId</c> in one place, however many scopes there are.
/// </summary>
internal static class MembersJson
{
    internal static void AppendValues(Utf8Buffer output, LogValues values)
    {
        bool first = true;
        LogValues.Enumerator place = values.GetEnumerator();
        while (place.MoveNext())
        {
            if (!values.MayRepeatNames || !IsRepeated(place.Current.Utf8Name, place))
            {
                AppendMember(output, place.Current, ref first);
            }
        }
    }

    /// <summary>Writes the named values of all scopes as members.</summary>
    internal static void AppendScopes(Utf8Buffer output, LogScopes scopes)
    {
        bool first = true;
        LogScopes.Enumerator scope = scopes.GetEnumerator();
        while (scope.MoveNext())
        {
            LogValues.Enumerator place = scope.Current.Values.GetEnumerator();
            while (place.MoveNext())
            {
                if (!IsRepeated(place.Current.Utf8Name, place) && !IsRepeated(place.Current.Utf8Name, scope))
                {
                    AppendMember(output, place.Current, ref first);
                }
            }
        }
    }

    /// <summary>Writes the texts of those scopes that have one, as strings with commas between.</summary>
    internal static void AppendTexts(Utf8Buffer output, LogScopes scopes, Utf8Buffer scratch)
    {
        bool first = true;
        foreach (LogScope scope in scopes)
        {
            if (!scope.HasText)
            {
                continue;
            }

            scratch.CutTo(0);
            scope.AppendText(scratch);
            output.Append(first ? ""u8 : ","u8);
            JsonEscaping.AppendQuoted(output, scratch.Written);
            first = false;
        }
    }

    private static void AppendMember(Utf8Buffer output, LogValue value, ref bool first)
    {
        output.Append(first ? ""u8 : ","u8);
        ValueJson.AppendName(output, in value);
        ValueJson.Append(output, in value);
        first = false;
    }

    // An enumerator is a copy of the place: going on with it does not move the caller's.
    private static bool IsRepeated(ReadOnlySpan<byte> name, LogValues.Enumerator rest)
    {
        while (rest.MoveNext())
        {
            if (rest.Current.Utf8Name.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRepeated(ReadOnlySpan<byte> name, LogScopes.Enumerator rest)
    {
        while (rest.MoveNext())
        {
            if (IsRepeated(name, rest.Current.Values.GetEnumerator()))
            {
                return true;
            }
        }

        return false;
    }
}
