namespace Maestro.Telemetry.Replay.Baselines;

/// <summary>
/// In the manner of the predictive scaling of public clouds: a forecast of each hour's mean (the same hour of the week
/// before, or of the day before when there is no week), which only ever adds, and a ratio rule that adds and removes.
/// </summary>
/// <param name="target">Utilization to steer towards, in (0, 1].</param>
/// <param name="stabilization">The window of scale-in.</param>
public sealed class HourlyForecastRule(double target, TimeSpan stabilization) : IUnitPolicy
{
    private readonly RatioRule _ratio = new(target, stabilization);

    public int Want(in UnitView view)
    {
        // A unit must serve when its hour begins, so the hour that it will be after the lead time counts.
        var floor = Math.Max(Predicted(view, view.Now), Predicted(view, view.Now + (view.LeadSteps * view.Step)));
        return Math.Max(_ratio.Want(view), floor);
    }

    private int Predicted(in UnitView view, DateTimeOffset time)
    {
        var hour = new DateTimeOffset(time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        var mean = Mean(view, hour - TimeSpan.FromDays(7));
        mean = double.IsNaN(mean) ? Mean(view, hour - TimeSpan.FromDays(1)) : mean;
        return double.IsNaN(mean) ? 1 : RequiredUnits.Of(mean, target);
    }

    private static double Mean(in UnitView view, DateTimeOffset hour)
    {
        var first = view.Index + (int)Math.Ceiling((hour - view.Now) / view.Step);
        var last = Math.Min(view.Index, view.Index + (int)Math.Ceiling((hour.AddHours(1) - view.Now) / view.Step) - 1);
        var (sum, count) = (0.0, 0);
        for (var i = first; first >= 0 && i <= last; i++)
        {
            if (!double.IsNaN(view.Work[i]))
            {
                sum += view.Work[i];
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
