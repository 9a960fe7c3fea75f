namespace CloudObserve.Tests.Documentation;

/// <summary>Specifies the part of a program that a block of C# is.</summary>
internal enum BlockKind
{
    /// <summary>A whole program.</summary>
    Program,

    /// <summary>Types that a program has.</summary>
    Types,

    /// <summary>A piece of a method.</summary>
    Statements,
}
