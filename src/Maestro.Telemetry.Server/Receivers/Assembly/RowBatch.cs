using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>What of a row goes to the store at once, and whom to tell when it is there.</summary>
internal sealed class RowBatch(SampleBatch batch, List<WaitingRequest> waiting)
{
    private readonly Lock _gate = new();
    private Action? _after;
    private bool _isCommitted;

    public SampleBatch Batch => batch;

    /// <summary>A request that sent points of it again is told too.</summary>
    public void Join(WaitingRequest request)
    {
        lock (_gate)
        {
            if (!_isCommitted && !waiting.Contains(request))
            {
                request.Await();
                waiting.Add(request);
            }
        }
    }

    /// <summary>Does this after the commit; at once when that has been.</summary>
    public void Then(Action action)
    {
        lock (_gate)
        {
            if (!_isCommitted)
            {
                _after += action;
                return;
            }
        }

        action();
    }

    public void Commit()
    {
        Action? after;
        lock (_gate)
        {
            _isCommitted = true;
            (after, _after) = (_after, null);
            foreach (var request in waiting)
            {
                request.Release();
            }

            waiting.Clear();
        }

        after?.Invoke();
    }
}
