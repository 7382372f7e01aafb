namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Looks in lines that a server fails on, again and again, for those that it fails on, by halving. A line is only found
/// when the server has taken others meanwhile and fails on this one once more, alone.
/// </summary>
/// <param name="write">Sends a range of lines, given by the first and how many.</param>
/// <param name="isProven">Whether the server took others a moment ago.</param>
internal sealed class PointSearch(Func<int, int, Task<InfluxAnswer>> write, bool isProven)
{
    /// <summary>Requests that may fail in a row before it is the server, and not a line.</summary>
    public const int MostFailures = 40;

    /// <summary>More lines than this are not lines that are wrong.</summary>
    public const int MostFound = 100;

    private readonly List<(int Line, string Message)> _suspects = [];
    private int _failures;
    private bool _hasTaken = isProven;

    /// <summary>The lines of a range that failed as a whole; null when it is the server that fails.</summary>
    public async Task<IReadOnlyList<(int Line, string Message)>?> FindAsync(int first, int count, string message)
    {
        if (!await SearchAsync(first, count, message) || !_hasTaken)
        {
            return null;
        }

        var found = new List<(int, string)>();
        foreach (var (line, _) in _suspects)
        {
            var answer = await write(line, 1);
            if (answer.Action == InfluxAction.Retry)
            {
                found.Add((line, answer.Message));
            }
            else if (answer.Action != InfluxAction.Done)
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>False when it is given up.</summary>
    private async Task<bool> SearchAsync(int first, int count, string message)
    {
        if (count == 1)
        {
            _suspects.Add((first, message));
            return _suspects.Count <= MostFound;
        }

        var half = count / 2;
        return await TryAsync(first, half) && await TryAsync(first + half, count - half);
    }

    private async Task<bool> TryAsync(int first, int count)
    {
        var answer = await write(first, count);
        if (answer.Action == InfluxAction.Done)
        {
            (_failures, _hasTaken) = (0, true);
            return true;
        }

        return answer.Action == InfluxAction.Retry
            && ++_failures <= MostFailures
            && await SearchAsync(first, count, answer.Message);
    }
}
