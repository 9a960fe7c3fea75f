namespace CloudObserve.Cli.Logs;

/// <summary>Lists the forms in which rows are printed.</summary>
internal enum RowFormat
{
    /// <summary>Columns of equal width with a header.</summary>
    Table,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>A line for each row, its values parted by tabs, without a header.</summary>
    Lines,
}
