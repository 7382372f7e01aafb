namespace Maestro.Telemetry.Replay.Baselines;

/// <summary>
/// The ratio of utilization to its target, as the Kubernetes horizontal autoscaler computes it: nothing within a tenth of
/// the target, up at once, down to the most that was wanted in the stabilization window. Units that are joining count.
/// </summary>
/// <param name="target">Utilization to steer towards, in (0, 1].</param>
/// <param name="stabilization">The window of scale-in.</param>
public sealed class RatioRule(double target, TimeSpan stabilization) : IUnitPolicy
{
    private const double Tolerance = 0.1;

    private readonly Queue<(DateTimeOffset Time, int Units)> _wanted = [];

    public int Want(in UnitView view)
    {
        var latest = view.Latest;
        var wanted = double.IsNaN(latest) || Math.Abs((latest / view.Committed / target) - 1) <= Tolerance
            ? view.Committed
            : RequiredUnits.Of(latest, target);
        _wanted.Enqueue((view.Now, wanted));
        while (view.Now - _wanted.Peek().Time >= stabilization && _wanted.Count > 1)
        {
            _wanted.Dequeue();
        }

        return wanted >= view.Committed ? wanted : Math.Min(view.Committed, _wanted.Max(w => w.Units));
    }
}
