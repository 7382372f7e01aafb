using System.Text;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Sends lines in requests of bounded size, several at once, and does with each answer what it asks for. Sending a point
/// twice is harmless, so that whatever is not certain is sent again.
/// </summary>
internal sealed class InfluxSender(InfluxClient client, InfluxStoreOptions options, TimeProvider time)
{
    private const int LongestShownLine = 200;

    private readonly FailureWatch _failures = new(options.IsolateAfter, time);
    private int _pointsPerRequest = options.PointsPerRequest;
    private DateTimeOffset _heldUntil;
    private string _heldBecause = "";

    /// <summary>Requests since the start.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Whether the last answer was that the database or a retention policy is missing.</summary>
    public bool IsPreparationNeeded { get; set; }

    private long _requests;

    /// <summary>Sends all lines; when it returns, they are stored.</summary>
    /// <exception cref="StoreUnavailableException">The server could not take all of it; the same again may succeed.</exception>
    /// <exception cref="PointRefusedException">All is stored but points that never can be.</exception>
    public async Task SendAsync(LineBuffer lines, string policy, string precision, CancellationToken cancellationToken)
    {
        ThrowIfHeld();
        if (lines.Lines == 0)
        {
            return;
        }

        var all = new Delivery(lines, policy, precision, []);
        var size = Volatile.Read(ref _pointsPerRequest);
        var starts = Enumerable.Range(0, ((lines.Lines - 1) / size) + 1).Select(i => i * size);
        await Parallel.ForEachAsync(
            starts,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.ParallelRequests,
                CancellationToken = cancellationToken,
            },
            async (start, token) => await SendRangeAsync(all, start, Math.Min(size, lines.Lines - start), token));
        if (all.Refused.Count > 0)
        {
            throw new PointRefusedException(
                $"InfluxDB refuses {all.Refused.Count} of {lines.Lines} points for good; the first: {all.Refused[0]}",
                all.Refused.Count);
        }
    }

    private async Task SendRangeAsync(Delivery all, int first, int count, CancellationToken cancellationToken)
    {
        var answer = await WriteAsync(all, first, count, cancellationToken);
        switch (answer.Action)
        {
            case InfluxAction.Done:
                return;
            case InfluxAction.Bisect or InfluxAction.Halve when count > 1:
                if (answer.Action == InfluxAction.Halve)
                {
                    Volatile.Write(ref _pointsPerRequest, Math.Max(1, count / 2));
                }

                await SendRangeAsync(all, first, count / 2, cancellationToken);
                await SendRangeAsync(all, first + (count / 2), count - (count / 2), cancellationToken);
                return;
            case InfluxAction.Bisect or InfluxAction.Halve:
                Refuse(all, first, answer.Message);
                return;
            case InfluxAction.Hold:
                Hold(
                    options.HoldAfterRefusal,
                    $"lets nobody write: {answer.Message}. Check user, secret and permissions for the database "
                    + $"'{options.Database}'; it is tried again every {options.HoldAfterRefusal.TotalSeconds:F0} s.");
                throw Held();
            case InfluxAction.Throttle when answer.RetryAfter is { } wait && wait > TimeSpan.Zero:
                wait = wait < options.LongestRetryAfter ? wait : options.LongestRetryAfter;
                Hold(wait, $"is busy and asks to be left alone for {wait.TotalSeconds:F0} s: {answer.Message}");
                throw Held();
            case InfluxAction.Retry when _failures.Failed():
                await SearchAsync(all, first, count, answer, cancellationToken);
                return;
            case InfluxAction.Prepare:
                IsPreparationNeeded = true;
                break;
        }

        throw new StoreUnavailableException($"InfluxDB at {options.Url} took no samples: {answer.Message}");
    }

    private static string Shown(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestShownLine)]).TrimEnd('\n');

    /// <summary>The server has failed for long: is it the server, or what it is given?</summary>
    private async Task SearchAsync(
        Delivery all, int first, int count, InfluxAnswer failure, CancellationToken cancellationToken)
    {
        var search = new PointSearch(
            (from, length) => WriteAsync(all, from, length, cancellationToken), _failures.IsProven);
        if (await search.FindAsync(first, count, failure.Message) is not { } found)
        {
            throw new StoreUnavailableException($"InfluxDB at {options.Url} took no samples: {failure.Message}");
        }

        foreach (var (line, message) in found)
        {
            _failures.Found();
            Refuse(
                all,
                line,
                $"it has failed on it for {options.IsolateAfter.TotalMinutes:F0} min while it took others: {message}");
        }
    }

    private Task<InfluxAnswer> WriteAsync(Delivery all, int first, int count, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return client.WriteAsync(all.Lines.Slice(first, count), all.Policy, all.Precision, cancellationToken);
    }

    private static void Refuse(Delivery all, int line, string why)
    {
        // Parts of a delivery are sent at the same time.
        lock (all.Refused)
        {
            all.Refused.Add($"{why} — {Shown(all.Lines.Slice(line, 1).Span)}");
        }
    }

    // Wrong credentials do not become right by asking again at once, and a server may lock out who tries too often.
    private void Hold(TimeSpan duration, string reason)
    {
        _heldBecause = reason;
        _heldUntil = time.GetUtcNow() + duration;
    }

    private void ThrowIfHeld()
    {
        if (time.GetUtcNow() < _heldUntil)
        {
            throw Held();
        }
    }

    private StoreUnavailableException Held() => new($"InfluxDB at {options.Url} {_heldBecause}");

    /// <summary>Lines that are on their way together, and what was said of those that were refused.</summary>
    private sealed record Delivery(LineBuffer Lines, string Policy, string Precision, List<string> Refused);
}
