using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Ingest.Spooling;

/// <summary>
/// Brings what is in the spool to the store, oldest first, at a pace that leaves live samples their share. While the
/// store does not answer it is this, and not the live path, that tries it.
/// </summary>
internal sealed partial class SpoolDrainer(
    ISampleSpool spool,
    StoreWriter writer,
    StoreGate gate,
    StoreHealth health,
    RowCounters counters,
    IOptions<SpoolOptions> options,
    TimeProvider time,
    ILogger<SpoolDrainer> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private readonly Retry _retry = new();
    private DrainPace _pace = DrainPace.Start;
    private string? _damage;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (spool.Statistics.Rows > 0)
        {
            LogFound(spool.Statistics.Rows);
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                TellDamage();
                await ExpireAsync(stoppingToken);
                var rest = await DrainOnceAsync(stoppingToken) ? _pace.Pause : Idle;
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, TimeProvider.System, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnavailableException e)
            {
                gate.Close();
                if (health.Failed(e.Message))
                {
                    LogNotDrained(e);
                }

                await _retry.WaitAsync(stoppingToken);
            }
        }
    }

    /// <summary>True when a portion has followed; false when there is none.</summary>
    private async Task<bool> DrainOnceAsync(CancellationToken stoppingToken)
    {
        if (spool.Statistics.Rows == 0 || await spool.PeekAsync(_pace.Rows, stoppingToken) is not { } oldest)
        {
            _pace = DrainPace.Start;
            return false;
        }

        await writer.WriteAsync(oldest.Batches, RowOrigin.Spool, stoppingToken);
        gate.Open();
        _retry.Reset();
        await spool.RemoveAsync(oldest, CancellationToken.None);
        _pace = _pace.Next(gate.LiveCommit, options.Value.MaxLiveCommit);
        if (spool.Statistics.Rows == 0)
        {
            LogDrained();
        }

        return true;
    }

    private async Task ExpireAsync(CancellationToken stoppingToken)
    {
        if (spool.Statistics.Oldest is not { } oldest || time.GetUtcNow() - oldest <= options.Value.MaxAge)
        {
            return;
        }

        var expired = await spool.ExpireAsync(time.GetUtcNow() - options.Value.MaxAge, stoppingToken);
        counters.CountExpired(expired);
        LogExpired(expired, options.Value.MaxAge);
    }

    private void TellDamage()
    {
        if (spool.Statistics is { Damage: { } damage } statistics && damage != _damage)
        {
            _damage = damage;
            LogDamage(damage, statistics.DamagedRows);
        }
    }

    [LoggerMessage(1208, LogLevel.Information, "The spool has {Rows} rows from before; they follow to the store")]
    private partial void LogFound(long rows);

    [LoggerMessage(1209, LogLevel.Information, "The spool is empty: the store has everything")]
    private partial void LogDrained();

    [LoggerMessage(1210, LogLevel.Warning, "The spool cannot be brought to the store now; it is tried again")]
    private partial void LogNotDrained(Exception exception);

    [LoggerMessage(1211, LogLevel.Error,
        "{Rows} rows were in the spool for longer than {MaxAge} (Maestro:Spool:MaxAge) and are given up")]
    private partial void LogExpired(long rows, TimeSpan maxAge);

    [LoggerMessage(1212, LogLevel.Error, "{Damage} Rows that could not be read back so far: {Rows}")]
    private partial void LogDamage(string damage, long rows);
}
