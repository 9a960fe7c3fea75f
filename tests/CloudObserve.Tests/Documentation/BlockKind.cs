namespace CloudObserve.Tests.Documentation;

/// <summary>What a block of C# is a piece of.</summary>
internal enum BlockKind
{
    /// <summary>A whole program.</summary>
    Program,

    /// <summary>Types that a program has.</summary>
    Types,

    /// <summary>A piece of a method.</summary>
    Statements,
}
