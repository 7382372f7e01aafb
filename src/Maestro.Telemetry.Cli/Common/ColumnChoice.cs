namespace Maestro.Telemetry.Cli.Common;

/// <summary>Which of the columns --column names.</summary>
internal static class ColumnChoice
{
    /// <summary>Those that are named, in their own order; all of them when none is named.</summary>
    /// <exception cref="FormatException">A name stands for no column; the message lists those that are there.</exception>
    public static IEnumerable<T> Of<T>(IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<string> named)
    {
        var wrong = named.FirstOrDefault(name => all.All(column => nameOf(column) != name));
        return wrong is null
            ? all.Where(column => named.Count == 0 || named.Contains(nameOf(column)))
            : throw new FormatException(
                $"--column is '{wrong}', and there is no such column; there are "
                + $"{string.Join(", ", all.Select(nameOf).Distinct())}.");
    }
}
