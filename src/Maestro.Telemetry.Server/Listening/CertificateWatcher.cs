using System.Diagnostics.Metrics;

namespace Maestro.Telemetry.Server.Listening;

/// <summary>Reads the certificate before the first connection, and again when its files change.</summary>
internal sealed partial class CertificateWatcher : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly ServerCertificate _certificate;
    private readonly Counter<long> _reads;
    private readonly ILogger _logger;

    public CertificateWatcher(ServerCertificate certificate, IMeterFactory meters, ILogger<CertificateWatcher> logger)
    {
        (_certificate, _logger) = (certificate, logger);
        var meter = meters.Create("Maestro.Telemetry.Tls");
        _reads = meter.CreateCounter<long>(
            "maestro.tls.certificate.reads", "{read}", "Readings of changed certificate files, by outcome.");
        meter.CreateObservableGauge("maestro.tls.certificate.remaining", Remaining, "s", "Time until the certificate expires.");
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // At the start files that cannot be used are an error.
        _certificate.Refresh();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private void Look()
    {
        try
        {
            if (_certificate.Refresh())
            {
                Count("replaced");
                LogReplaced(_certificate.Current!.Certificate.Subject, _certificate.Current.Certificate.NotAfter);
            }
        }
        catch (CertificateFileException)
        {
            Count("refused");
            LogRefused(_certificate.Problem!);
        }
    }

    private IEnumerable<Measurement<double>> Remaining() => _certificate.Current is { } current
        ? [new((current.Certificate.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime).TotalSeconds)]
        : [];

    private void Count(string outcome) => _reads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    [LoggerMessage(1821, LogLevel.Information, "New connections get the certificate {Subject}, which is valid until {Until:u}")]
    private partial void LogReplaced(string subject, DateTime until);

    [LoggerMessage(1822, LogLevel.Error, "The certificate that was in use stays: {Problem}")]
    private partial void LogRefused(string problem);
}
