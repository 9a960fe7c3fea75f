namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Turns novelty into a score from 0 to 1.</summary>
/// <remarks>
/// <para>A row scores only if its novelty is above that of all rows of the last nine hours: the step into an anomaly is told, not its whole
/// length.</para>
/// <para>
/// The score compares the novelty with the usual novelty of the series: <c>novelty / (novelty + floor + usual)</c>. So a series that often
/// brings something new must bring more to reach the same score, and one threshold serves all series.
/// </para>
/// </remarks>
internal sealed class NoveltyGate
{
    // Eleven to twelve blocks of ten steps of five minutes: nine to ten hours.
    private const int Blocks = 12;
    private const int StepsPerBlock = 10;

    // A twentieth of the spread: less is not worth telling, also in a series that brings nothing new.
    private const double Floor = 0.05;

    private double[] _highest = new double[Blocks];
    private int _block;
    private int _rowsInBlock;
    private double _usual;

    /// <summary>Returns the score of the next row and remembers its novelty.</summary>
    internal double Next(double novelty, int rowsPerStep)
    {
        double score = Peek(novelty);
        double told = score > 0 ? Math.Min(novelty, NoveltyMemory.MaxBoxLength) : 0;
        double rows = (double)AnomalyDetector.StepsRemembered * rowsPerStep;
        _usual += ((told * Blocks * StepsPerBlock * rowsPerStep) - _usual) / rows;
        if (_rowsInBlock >= StepsPerBlock * rowsPerStep)
        {
            _block = (_block + 1) % Blocks;
            _highest[_block] = 0;
            _rowsInBlock = 0;
        }

        _rowsInBlock++;
        _highest[_block] = Math.Max(_highest[_block], novelty);
        return score;
    }

    internal NoveltyGate Copy()
    {
        NoveltyGate copy = (NoveltyGate)MemberwiseClone();
        copy._highest = [.. _highest];
        return copy;
    }

    /// <summary>Returns the score that a row with this novelty would have.</summary>
    internal double Peek(double novelty)
    {
        double highest = 0;
        foreach (double block in _highest)
        {
            highest = Math.Max(highest, block);
        }

        return novelty > highest ? novelty / (novelty + Floor + _usual) : 0;
    }
}
