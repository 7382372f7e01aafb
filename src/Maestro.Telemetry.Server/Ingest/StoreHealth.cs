namespace Maestro.Telemetry.Server.Ingest;

/// <summary>Whether the last write to the store went well, and what becomes of samples while it does not.</summary>
internal sealed class StoreHealth
{
    private volatile string? _problem;

    /// <summary>What is wrong, in a sentence; null when nothing is.</summary>
    public string? Problem => _problem;

    public void Succeeded() => _problem = null;

    /// <summary>True when this is news: the write before went well.</summary>
    public bool Failed(string problem)
    {
        var news = _problem is null;
        _problem = problem;
        return news;
    }
}
