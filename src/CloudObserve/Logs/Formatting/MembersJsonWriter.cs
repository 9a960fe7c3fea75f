using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes named values as members of one JSON object.</summary>
/// <remarks>Of equal names only the last is written.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class MembersJsonWriter
{
    // Up to this number, comparing each name with the later ones is faster than storing them in a table.
    private const int FewNames = 32;

    private readonly LastOfNames _last = new();

    internal void AppendValues(Utf8Buffer output, LogValues values)
    {
        if (values.Count > FewNames && values.MayRepeatNames)
        {
            AppendMany(output, values);
            return;
        }

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
    /// <remarks>
    /// Of equal names the innermost scope's value is written, so that a query finds <c>scopes.RequestId</c> in one place.
    /// </remarks>
    internal void AppendScopes(Utf8Buffer output, LogScopes scopes)
    {
        int count = 0;
        foreach (LogScope one in scopes)
        {
            count += one.Values.Count;
        }

        if (count > FewNames)
        {
            AppendMany(output, scopes);
            return;
        }

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

    private void AppendMany(Utf8Buffer output, LogValues values)
    {
        _last.Clear();
        foreach (LogValue value in values)
        {
            _last.Add(value.Utf8Name);
        }

        int index = 0;
        bool first = true;
        foreach (LogValue value in values)
        {
            if (_last.IsLast(index++))
            {
                AppendMember(output, value, ref first);
            }
        }
    }

    private void AppendMany(Utf8Buffer output, LogScopes scopes)
    {
        _last.Clear();
        foreach (LogScope scope in scopes)
        {
            foreach (LogValue value in scope.Values)
            {
                _last.Add(value.Utf8Name);
            }
        }

        int index = 0;
        bool first = true;
        foreach (LogScope scope in scopes)
        {
            foreach (LogValue value in scope.Values)
            {
                if (_last.IsLast(index++))
                {
                    AppendMember(output, value, ref first);
                }
            }
        }
    }

    /// <summary>Writes the texts of the scopes that have one as strings with commas between them.</summary>
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
            JsonEscaper.AppendQuoted(output, scratch.Written);
            first = false;
        }
    }

    private static void AppendMember(Utf8Buffer output, LogValue value, ref bool first)
    {
        output.Append(first ? ""u8 : ","u8);
        ValueJsonWriter.AppendName(output, in value);
        ValueJsonWriter.Append(output, in value);
        first = false;
    }

    // An enumerator is a copy of the position, so moving it does not move the caller's.
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
