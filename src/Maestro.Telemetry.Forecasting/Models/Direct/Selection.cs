namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Finds one order statistic without sorting everything.</summary>
internal static class Selection
{
    /// <summary>
    /// The value that would be at an index if all were sorted; the span is reordered (Hoare 1961, "Algorithm 65: find",
    /// Communications of the ACM 4:321-322, https://doi.org/10.1145/366622.366647).
    /// </summary>
    public static double At(Span<double> values, int index)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = values[(low + high) / 2];
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            (low, high) = index <= right ? (low, right) : index >= left ? (left, high) : (index, index);
        }

        return values[index];
    }
}
