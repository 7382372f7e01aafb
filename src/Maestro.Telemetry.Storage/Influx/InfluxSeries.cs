namespace Maestro.Telemetry.Storage.Influx;

/// <summary>What the rows of one series of an answer have in common.</summary>
/// <param name="Statement">The number of the statement that it answers, from 0.</param>
/// <param name="Tags">The tags that the statement groups by.</param>
internal sealed record InfluxSeries(int Statement, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Columns)
{
    /// <summary>The place of a column; below 0 when the series does not have it.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        return -1;
    }
}
