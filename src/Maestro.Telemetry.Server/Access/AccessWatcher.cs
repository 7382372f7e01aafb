namespace Maestro.Telemetry.Server.Access;

/// <summary>Keeps the tokens as the file has them: what is made or revoked holds within seconds.</summary>
internal sealed partial class AccessWatcher(TokenBook tokens, AccessPolicy policy, ILogger<AccessWatcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);

    private string? _problem;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // At the start a damaged file is an error; later the tokens that were known go on.
        tokens.Refresh();
        if (policy.Required && tokens.Count == 0)
        {
            LogNone(tokens.Path);
        }

        if (OwnFile.OpenToOthers(tokens.Path) is { } mode)
        {
            LogOpen(tokens.Path, mode);
        }

        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        SaveUse();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        var saved = TimeProvider.System.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Refresh();
                if (TimeProvider.System.GetElapsedTime(saved) >= SaveEvery)
                {
                    saved = TimeProvider.System.GetTimestamp();
                    SaveUse();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private void Refresh()
    {
        try
        {
            tokens.Refresh();
            _problem = null;
        }
        catch (TokenFileException e)
        {
            if (_problem != e.Message)
            {
                _problem = e.Message;
                LogUnreadable(e.Message);
            }
        }
    }

    private void SaveUse()
    {
        try
        {
            tokens.SaveUse();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUseNotSaved(e.Message);
        }
    }

    [LoggerMessage(1811, LogLevel.Warning, "The tokens that were known go on: {Problem}")]
    private partial void LogUnreadable(string problem);

    [LoggerMessage(1812, LogLevel.Warning, "When tokens were last used could not be written down: {Problem}")]
    private partial void LogUseNotSaved(string problem);

    [LoggerMessage(1813, LogLevel.Warning,
        "Callers have to say who they are, and there is no token in {Path}; make one with `maestro token create`")]
    private partial void LogNone(string path);

    [LoggerMessage(1814, LogLevel.Warning, "{Path} is open to others than its owner ({Mode}); make it mode 600")]
    private partial void LogOpen(string path, string mode);
}
