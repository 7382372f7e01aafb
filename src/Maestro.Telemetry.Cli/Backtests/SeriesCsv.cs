using System.Globalization;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>
/// Series from a CSV file: the first column is the time, the others are series named by the header. The grid is
/// regular; an empty field is a missing value.
/// </summary>
/// <param name="Start">Time of the first values.</param>
/// <param name="Step">Time from one row to the next.</param>
/// <param name="Columns">Name and values of each series, as long as each other; NaN where missing.</param>
internal sealed record SeriesCsv(DateTimeOffset Start, TimeSpan Step, IReadOnlyList<(string Name, double[] Values)> Columns)
{
    /// <summary>Five years of five minutes: a longer gap is a wrong time.</summary>
    private const int MostRows = 3_000_000;
    private const int LongestGap = 600_000;

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Reads all of it. Empty lines are passed over.</summary>
    /// <param name="step">The step that the grid must have; null for that of the first two rows.</param>
    /// <param name="bounds">What values may be; null for any number.</param>
    /// <param name="gaps">True when rows may be left out; their values are missing.</param>
    /// <exception cref="FormatException">It is no such file; the message names line, field and remedy.</exception>
    public static SeriesCsv Parse(
        TextReader reader, TimeSpan? step, (double Least, double Most)? bounds = null, bool gaps = false)
    {
        string[]? names = null;
        var columns = new List<List<double>>();
        var (start, rows) = (default(DateTimeOffset), 0);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (names is null)
            {
                names = Header(fields, number);
                columns.AddRange(names.Select(_ => new List<double>()));
                continue;
            }

            var time = Row(fields, number, names, columns, bounds);
            start = rows == 0 ? time : start;
            step ??= rows == 1 ? time - start : null;
            rows += gaps ? FillGap(time, start, step, rows, columns) : 0;
            CheckGrid(time, start, step, rows++, number);
        }

        return names is not null && step is { } found && rows >= 2
            ? new(start, found, [.. names.Zip(columns, static (name, values) => (name, values.ToArray()))])
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"There are {rows} rows; a series needs a header and at least two rows."));
    }

    /// <summary>Steps in a span of time; 0 when it is not a whole number of them.</summary>
    public int Steps(TimeSpan span) => span.Ticks % Step.Ticks == 0 ? (int)(span / Step) : 0;

    private static string[] Header(string[] fields, int number)
    {
        if (fields.Length < 2 || DateTimeOffset.TryParse(fields[0], CultureInfo.InvariantCulture, Utc, out _))
        {
            throw Error(number, $"the header is '{Shorten(string.Join(',', fields))}'; it must name the columns, "
                + "like timestamp,value");
        }

        var names = fields[1..];
        return names.CountBy(static name => name).FirstOrDefault(static pair => pair.Value > 1) is { Key: { } twice }
            ? throw Error(number, $"two columns are called '{Shorten(twice)}'; give each a name of its own")
            : names;
    }

    private static DateTimeOffset Row(
        string[] fields, int number, string[] names, List<List<double>> columns, (double Least, double Most)? bounds)
    {
        if (fields.Length != names.Length + 1)
        {
            throw Error(number, string.Create(
                CultureInfo.InvariantCulture, $"it has {fields.Length} fields; the header has {names.Length + 1}"));
        }

        for (var i = 0; i < names.Length; i++)
        {
            var field = fields[i + 1];
            columns[i].Add(field.Length == 0 ? double.NaN
                : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    && double.IsFinite(value) ? value
                : throw Error(number, $"{names[i]} is '{Shorten(field)}'; write a number, or nothing where it is missing"));
            if (bounds is var (least, most) && (columns[i][^1] < least || columns[i][^1] > most))
            {
                throw Error(number, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{names[i]} is {field}; it must be from {least} to {most}, or nothing where it is missing"));
            }
        }

        return DateTimeOffset.TryParse(fields[0], CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : throw Error(number, $"the time is '{Shorten(fields[0])}'; write it as 2026-01-31T23:55:00Z");
    }

    /// <summary>Puts missing values before those of the row, for the times of the grid that have none.</summary>
    /// <returns>How many times that is.</returns>
    private static int FillGap(DateTimeOffset time, DateTimeOffset start, TimeSpan? step, int row, List<List<double>> columns)
    {
        if (step is not { } grid || grid <= TimeSpan.Zero || (time - start).Ticks % grid.Ticks != 0)
        {
            return 0;
        }

        var missing = ((time - start).Ticks / grid.Ticks) - row;
        if (missing is <= 0 or > LongestGap || row + missing > MostRows)
        {
            return 0;
        }

        foreach (var column in columns)
        {
            var value = column[^1];
            column[^1] = double.NaN;
            column.AddRange(Enumerable.Repeat(double.NaN, (int)missing - 1));
            column.Add(value);
        }

        return (int)missing;
    }

    private static void CheckGrid(DateTimeOffset time, DateTimeOffset start, TimeSpan? step, int row, int number)
    {
        if (step is not { } grid)
        {
            return;
        }

        if (grid <= TimeSpan.Zero)
        {
            throw Error(number, $"{time:O} is not after the row before it; sort the rows by time");
        }

        // Times that are millennia apart: the row may be due after the last time there is.
        var offset = (Int128)row * grid.Ticks;
        if ((time - start).Ticks != offset)
        {
            var expected = offset <= (DateTimeOffset.MaxValue - start).Ticks
                ? start + TimeSpan.FromTicks((long)offset)
                : DateTimeOffset.MaxValue;
            throw Error(number, $"the time is {time:O}, and on a grid of {grid:c} it should be {expected:O}; "
                + "give each step a row, with nothing where a value is missing");
        }
    }

    private static FormatException Error(int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}."));

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
