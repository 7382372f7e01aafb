using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Batch;
using Maestro.Telemetry.Forecasting.Seasons;

namespace Maestro.Telemetry.Cli.Batches;

/// <summary>One line of a task file: a series, what is known of it, and how far to forecast.</summary>
internal static class ForecastTask
{
    private const int LongestHorizon = 20_000;

    /// <summary>Reads a line. What is wrong with it becomes the refusal, which names line, field, value and remedy.</summary>
    public static BatchSeries Parse(ReadOnlySequence<byte> line, long number)
    {
        var id = string.Empty;
        try
        {
            using var document = JsonDocument.Parse(line);
            var task = new TaskFields(document.RootElement);
            id = task.Id();
            return new(id, Series(task));
        }
        catch (JsonException e)
        {
            return Refused($"it is not JSON ({Where(e)}); write one object a line, and null for a missing value");
        }
        catch (FormatException e)
        {
            return Refused(e.Message);
        }

        BatchSeries Refused(string problem) =>
            new(id, null, string.Create(CultureInfo.InvariantCulture, $"line {number}: {problem}."));
    }

    private static TrainingSeries Series(TaskFields task)
    {
        var values = task.Numbers("values");
        var lowest = task.Number("lowest") ?? TrainingSeries.LowestOf(values);
        var highest = task.Number("highest") ?? double.PositiveInfinity;
        if (highest <= lowest)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"highest is {highest:R}; it must be above lowest, {lowest:R}"));
        }

        return new()
        {
            Values = values,
            Periods = Periods(task, values),
            Events = task.Flags("events", values.Length),
            Members = task.Counts("members", values.Length),
            Lowest = lowest,
            Highest = highest,
            MaxHorizon = task.Whole("H", 1, LongestHorizon),
        };
    }

    /// <summary>The daily and the weekly period; 1 means that there is none, and nothing at all that they be found.</summary>
    private static int[] Periods(TaskFields task, double[] values)
    {
        if (!task.Optional("m") && !task.Optional("w"))
        {
            return Found(values);
        }

        var daily = task.Optional("m") ? task.Whole("m", 1, 1_000_000) : 1;
        var weekly = task.Optional("w") ? task.Whole("w", 1, 10_000_000) : 1;
        return (daily, weekly) switch
        {
            ( >= 2, _) when weekly > daily => [daily, weekly],
            ( >= 2, _) => [daily],
            (_, >= 2) => [weekly],
            _ => [],
        };
    }

    /// <summary>The strongest season and, when it is among those found, the seven of them that make a week.</summary>
    private static int[] Found(double[] values)
    {
        var seasons = PeriodDetector.Detect(values, new());
        var strongest = seasons.OrderByDescending(static season => season.Strength).FirstOrDefault().Period;
        return strongest == 0 ? []
            : seasons.Any(season => season.Period == 7 * strongest) ? [strongest, 7 * strongest]
            : [strongest];
    }

    private static string Where(JsonException error) =>
        string.Create(CultureInfo.InvariantCulture, $"at byte {error.BytePositionInLine ?? 0}");
}
