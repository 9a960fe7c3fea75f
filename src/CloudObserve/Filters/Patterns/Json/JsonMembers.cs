using System.Buffers;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Records the properties of an event by object and name, to detect several properties of one name in an object.</summary>
/// <remarks>The hash has a random seed in each process, so that an attacker cannot choose names that collide.</remarks>
/// <param name="utf8">The event.</param>
/// <threadsafety>Not safe for concurrent use. Its memory is pooled; <see cref="Release"/> returns it.</threadsafety>
internal ref struct JsonMembers(ReadOnlySpan<byte> utf8)
{
    private const int LeastRoom = 64;
    private const int StackBytes = 256;

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private JsonMember[] _members = [];

    // For each hash bucket, the number of the latest member, counted from 1.
    private int[] _newest = [];
    private int _count;

    /// <summary>Gets a member by its number.</summary>
    internal readonly ref JsonMember this[int number] => ref _members[number];

    /// <summary>Adds a property.</summary>
    /// <param name="owner">The number of the object.</param>
    /// <param name="name">The name of the property.</param>
    /// <param name="isNew">Whether the object had no property of this name.</param>
    /// <returns>The number of the property, or of the earlier property of the same name.</returns>
    internal int Add(int owner, JsonToken name, out bool isNew)
    {
        uint hash = Hash(owner, name);
        int known = _count == 0 ? -1 : Find(hash, owner, name);
        isNew = known < 0;
        if (!isNew)
        {
            return known;
        }

        if (_count == _members.Length)
        {
            Grow();
        }

        _members[_count] = new JsonMember(owner, name, hash);
        Enter(_count);
        return _count++;
    }

    internal void Release()
    {
        if (_members.Length > 0)
        {
            ArrayPool<JsonMember>.Shared.Return(_members);
            ArrayPool<int>.Shared.Return(_newest);
        }

        (_members, _newest, _count) = ([], [], 0);
    }

    private readonly int Find(uint hash, int owner, JsonToken name)
    {
        for (int number = _newest[Place(hash)] - 1; number >= 0; number = _members[number].Earlier - 1)
        {
            WorkMeter.Add(1);
            ref JsonMember member = ref _members[number];
            if (member.Hash == hash && member.Owner == owner && IsSame(member.Name, name))
            {
                return number;
            }
        }

        return -1;
    }

    private readonly void Enter(int number)
    {
        ref int newest = ref _newest[Place(_members[number].Hash)];
        _members[number].Earlier = newest;
        newest = number + 1;
    }

    private readonly int Place(uint hash) => (int)(hash % (uint)_newest.Length);

    private void Grow()
    {
        JsonMember[] members = ArrayPool<JsonMember>.Shared.Rent(Math.Max(LeastRoom, 2 * _count));
        int[] newest = ArrayPool<int>.Shared.Rent(members.Length);
        newest.AsSpan().Clear();
        _members.AsSpan(0, _count).CopyTo(members);
        int count = _count;
        Release();
        (_members, _newest, _count) = (members, newest, count);
        WorkMeter.Add(count);
        for (int number = 0; number < count; number++)
        {
            Enter(number);
        }
    }

    private readonly uint Hash(int owner, JsonToken name)
    {
        WorkMeter.Add(name.Length);
        HashCode hash = default;
        hash.Add(owner);
        if (!name.IsEscaped)
        {
            hash.AddBytes(name.Of(_utf8));
            return (uint)hash.ToHashCode();
        }

        byte[]? rented = null;
        Span<byte> text = name.Length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(name.Length);
        hash.AddBytes(text[..JsonText.Unescape(name.Of(_utf8), text)]);
        Return(rented);
        return (uint)hash.ToHashCode();
    }

    // Equal hashes almost always mean equal names, so this comparison rarely fails.
    private readonly bool IsSame(JsonToken one, JsonToken other)
    {
        WorkMeter.Add(one.Length);
        if (!one.IsEscaped && !other.IsEscaped)
        {
            return one.Of(_utf8).SequenceEqual(other.Of(_utf8));
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(one.Length + other.Length);
        Span<byte> first = rented.AsSpan(0, one.Length);
        Span<byte> second = rented.AsSpan(one.Length, other.Length);
        bool isSame = first[..JsonText.Unescape(one.Of(_utf8), first)].SequenceEqual(second[..JsonText.Unescape(other.Of(_utf8), second)]);
        Return(rented);
        return isSame;
    }

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
