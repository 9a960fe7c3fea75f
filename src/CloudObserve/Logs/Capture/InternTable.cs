using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Assigns small ids to the texts of an application's log calls: templates, names and categories.</summary>
/// <remarks>
/// <para>
/// Such texts are constants, so they are found by reference. A text that is created anew each time is found by its content, or written to
/// the record if the table is full.
/// </para>
/// <para>
/// The numbers of texts and of references to them are both limited, so that data cannot make the table grow. Nothing is ever removed, so
/// that an id in a record stays valid.
/// </para>
/// </remarks>
/// <threadsafety>Safe for concurrent use; finding a known reference takes no lock and allocates nothing.</threadsafety>
internal sealed class InternTable
{
    // In characters. Longer texts are data rather than constants in source code, and would only hold memory.
    private const int MaxTextLength = 4096;

    private readonly int _capacity;
    private readonly InternedString?[] _byId;
    private readonly ConcurrentDictionary<string, InternedString> _byContent = new(StringComparer.Ordinal);

    // Open addressing with twice as many slots as references, so every search ends at a free slot.
    private readonly string?[] _references;
    private readonly InternedString?[] _texts;
    private readonly Lock _writing = new();
    private int _count;
    private int _referenceCount;

    /// <param name="capacity">The largest number of texts, and of references to them; a power of two.</param>
    internal InternTable(int capacity = 4096)
    {
        _capacity = capacity;
        _byId = new InternedString?[capacity + 1];
        _references = new string?[capacity * 2];
        _texts = new InternedString?[capacity * 2];
    }

    /// <summary>Gets the text with an id.</summary>
    internal InternedString this[int id] => _byId[id]!;

    /// <summary>Finds or adds the text; returns <see langword="null"/> if the table is full.</summary>
    internal InternedString? Intern(string text)
    {
        int mask = _references.Length - 1;
        int place = RuntimeHelpers.GetHashCode(text) & mask;
        while (true)
        {
            // Acquire: pairs with the release in Remember, which stores the text before the reference.
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
    private InternedString? Add(string text)
    {
        if (!_byContent.TryGetValue(text, out InternedString? known)
            && (text.Length > MaxTextLength || Volatile.Read(ref _count) >= _capacity))
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

    private InternedString? AddText_NeedsLock(string text)
    {
        if (_count >= _capacity)
        {
            return null;
        }

        InternedString added = new(_count + 1, text);
        _count++;

        // Stored before the text can be found: a thread that refers to an id has seen the text here, and the ring makes it visible to the
        // reader.
        _byId[added.Id] = added;
        _byContent[text] = added;
        return added;
    }

    private void Remember_NeedsLock(string text, InternedString known)
    {
        int mask = _references.Length - 1;
        int place = RuntimeHelpers.GetHashCode(text) & mask;
        while (_references[place] is { } taken)
        {
            // Another thread added the text between the search and the lock.
            if (ReferenceEquals(taken, text))
            {
                return;
            }

            place = (place + 1) & mask;
        }

        _texts[place] = known;
        _referenceCount++;

        // Release: a thread that sees the reference also sees its text.
        Volatile.Write(ref _references[place], text);
    }
}
