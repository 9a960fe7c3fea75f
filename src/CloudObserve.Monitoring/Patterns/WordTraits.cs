namespace CloudObserve.Monitoring.Patterns;

/// <summary>Describes a word of log messages, as far as it helps to tell text from values.</summary>
[Flags]
internal enum WordTraits
{
    None = 0,

    /// <summary>A single character that is neither a letter nor a digit, such as <c>=</c>.</summary>
    Delimiter = 1,

    /// <summary>A unit of measurement, such as <c>ms</c>.</summary>
    Unit = 1 << 1,

    /// <summary>A constant such as <c>true</c> or <c>null</c>.</summary>
    Constant = 1 << 2,

    /// <summary>A word that a name usually follows, such as <c>user</c> or <c>from</c>.</summary>
    IntroducesName = 1 << 3,

    /// <summary>Capital letters and underscores, as names of states have.</summary>
    Capitals = 1 << 4,

    /// <summary>A few letters with one digit behind them, such as <c>eth0</c>.</summary>
    NumberedName = 1 << 5,

    /// <summary>
    /// A word with the form of an identifier: a single letter, or a word with a character such as <c>_</c> or <c>.</c> inside.
    /// </summary>
    Identifier = 1 << 6,

    /// <summary>Two or more characters with a letter among them.</summary>
    Text = 1 << 7,

    /// <summary>A delimiter that separates the parts of one value, such as the colon of a time.</summary>
    JoinsValues = 1 << 8,

    /// <summary>A run of stars, which hides a part of a value.</summary>
    Stars = 1 << 9,
}
