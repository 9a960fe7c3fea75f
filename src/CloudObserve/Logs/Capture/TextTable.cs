using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>
/// Gives the texts of an application's log calls (templates, names, categories) small ids. Such texts are constants, so they are found by
/// reference; a text made anew each time is found by its content, or left to the record when the table is full.
/// </summary>
/// <remarks>
/// Both the texts and the references to them are bounded, so what comes from data cannot grow it. Nothing is ever removed: an id in a
/// record stays readable.
/// </remarks>
/// <threadsafety>Safe for concurrent use; finding a known reference takes no lock and allocates nothing.</threadsafety>
internal sealed class TextTable
{
    // Longer texts than any constant in source code are data; keeping them would hold memory for one event.
    private const int MaxTextLength = 4096;

    private readonly int _capacity;
    private readonly InternedText?[] _byId;
    private readonly ConcurrentDictionary<string, InternedText> _byContent = new(StringComparer.Ordinal);

    // Open addressing, twice as many places as references, so a free one always ends a search.
    private readonly string?[] _references;
    private readonly InternedText?[] _texts;
    private readonly Lock _writing = new();
    private int _count;
    private int _referenceCount;

    /// <param name="capacity">The most texts, and the most references to them; a power of two.</param>
    internal TextTable(int capacity = 4096)
    {
        _capacity = capacity;
        _byId = new InternedText?[capacity + 1];
        _references = new string?[capacity * 2];
        _texts = new InternedText?[capacity * 2];
    }

    /// <summary>Gets the text a record refers to.</summary>
    internal InternedText this[int id] => _byId[id]!;

    /// <summary>Finds the text or adds it; <see langword="null"/> when there is no room for it.</summary>
    internal InternedText? Intern(string text)
    {
        int mask = _references.Length - 1;
        int place = RuntimeHelpers.GetHashCode(text) & mask;
        while (true)
        {
            // Acquire: pairs with the release in Remember, which fills the text before the reference.
            string? reference = Volatile.Read(ref _references[place]);
            if (ReferenceEquals(reference, text))
            {
                return _texts[place];
            }

            if (reference is null)
            {
                return Add(text);
            }

            place = (place + 1) & mask;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private InternedText? Add(string text)
    {
        if (!_byContent.TryGetValue(text, out InternedText? known) && (text.Length > MaxTextLength || Volatile.Read(ref _count) >= _capacity))
        {
            return null;
        }

        if (known is not null && Volatile.Read(ref _referenceCount) >= _capacity)
        {
            return known;
        }

        lock (_writing)
        {
            if (!_byContent.TryGetValue(text, out known))
            {
                known = AddText_NeedsLock(text);
            }

            if (known is not null && _referenceCount < _capacity)
            {
                Remember_NeedsLock(text, known);
            }

            return known;
        }
    }

    private InternedText? AddText_NeedsLock(string text)
    {
        if (_count >= _capacity)
        {
            return null;
        }

        InternedText added = new(_count + 1, text);
        _count++;

        // Filled before the text can be found: who refers to an id has seen it here, and the ring passes that on to the reader.
        _byId[added.Id] = added;
        _byContent[text] = added;
        return added;
    }

    private void Remember_NeedsLock(string text, InternedText known)
    {
        int mask = _references.Length - 1;
        int place = RuntimeHelpers.GetHashCode(text) & mask;
        while (_references[place] is { } taken)
        {
            // Another thread added it between the search and the lock.
            if (ReferenceEquals(taken, text))
            {
                return;
            }

            place = (place + 1) & mask;
        }

        _texts[place] = known;
        _referenceCount++;

        // Release: whoever sees the reference sees its text.
        Volatile.Write(ref _references[place], text);
    }
}
