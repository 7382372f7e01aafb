using System.Collections.Concurrent;
using Maestro.Telemetry.Fabric;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia;

/// <summary>
/// The Orchestrators of one environment. They share one topology, so any of them serves; the one that answered last is
/// asked first.
/// </summary>
internal sealed partial class OrchestratorPool(
    IReadOnlyList<GaiaClient> clients,
    SyncPortReader ports,
    TimeSpan probeTimeout,
    TimeProvider time,
    ILogger<OrchestratorPool> logger)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string?> _problems = new();
    private int _preferred;

    public int Count => clients.Count;

    /// <summary>How each answered when it was last asked.</summary>
    public IEnumerable<OrchestratorStatus> Statuses => clients.Select(client =>
    {
        var asked = _problems.TryGetValue(client.Id, out var problem);
        return new OrchestratorStatus(
            client.Id, client.Site, asked && problem is null, asked ? problem : "It has not been asked yet.")
        {
            SyncPorts = ports.PortsOf(client.Id),
        };
    });

    /// <summary>Reads through the first Orchestrator that gives a usable answer.</summary>
    public async Task<T> ReadAsync<T>(
        Func<GaiaClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var first = Volatile.Read(ref _preferred);
        List<GaiaException> failures = [];
        for (var i = 0; i < clients.Count; i++)
        {
            var index = (first + i) % clients.Count;
            try
            {
                var answer = await call(clients[index], cancellationToken);
                Answered(clients[index], problem: null);
                Volatile.Write(ref _preferred, index);
                return answer;
            }
            catch (GaiaException e)
            {
                Answered(clients[index], e.Message);
                failures.Add(e);
                if (clients.Count == 1)
                {
                    throw;
                }

                LogFailover(clients[index].Id, e.Message);
            }
        }

        throw new GaiaUnreachableException(
            "No Orchestrator gave a usable answer. " + string.Join(" ", failures.Select(f => f.Message)),
            innerException: failures[^1]);
    }

    /// <summary>
    /// Sends a change to the Orchestrator that was last read, and to no other: what was checked there holds there. When
    /// it surely did not get the change, the next one is read first from now on.
    /// </summary>
    public async Task ChangeAsync(Func<GaiaClient, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var index = Volatile.Read(ref _preferred);
        try
        {
            await call(clients[index], cancellationToken);
        }
        catch (GaiaException e) when (e is not GaiaRefusedException)
        {
            Answered(clients[index], e.Message);
            if (!e.MayHaveHappened)
            {
                LogFailover(clients[index].Id, e.Message);
                Volatile.Write(ref _preferred, (index + 1) % clients.Count);
            }

            throw;
        }
    }

    /// <summary>Asks the Orchestrators that the last reading did not go through, so that a dead one is seen in time.</summary>
    public Task ProbeOthersAsync(CancellationToken cancellationToken)
    {
        var preferred = clients[Volatile.Read(ref _preferred)];
        return Task.WhenAll(clients.Where(c => c != preferred).Select(c => ProbeAsync(c, cancellationToken)));
    }

    /// <summary>Asks those that answered the last reading for their ports, when it is time.</summary>
    public Task RefreshPortsAsync(CancellationToken cancellationToken) => Task.WhenAll(clients
        .Where(c => _problems.TryGetValue(c.Id, out var problem) && problem is null)
        .Select(c => ports.RefreshAsync(c, cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private async Task ProbeAsync(GaiaClient client, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(probeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await client.ShowGatewaysAsync(pending: false, either.Token);
            Answered(client, problem: null);
        }
        catch (GaiaException e)
        {
            Answered(client, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Answered(client, $"Orchestrator {client.Id}: no answer within {probeTimeout.TotalSeconds:0.###} s.");
        }
    }

    private void Answered(GaiaClient client, string? problem)
    {
        _problems.TryGetValue(client.Id, out var before);
        _problems[client.Id] = problem;
        if (problem is not null && before is null)
        {
            LogDown(client.Id, problem);
        }
        else if (problem is null && before is not null)
        {
            LogUp(client.Id);
        }
    }

    [LoggerMessage(3030, LogLevel.Debug, "Orchestrator {Orchestrator} gave no usable answer, the next is asked: {Reason}")]
    private partial void LogFailover(string orchestrator, string reason);

    [LoggerMessage(3031, LogLevel.Warning, "Orchestrator {Orchestrator} gives no usable answer: {Reason}")]
    private partial void LogDown(string orchestrator, string reason);

    [LoggerMessage(3032, LogLevel.Information, "Orchestrator {Orchestrator} answers again")]
    private partial void LogUp(string orchestrator);
}
