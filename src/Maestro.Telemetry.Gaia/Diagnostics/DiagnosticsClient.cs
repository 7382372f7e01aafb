using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Maestro.Telemetry.Gaia.Contracts;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia.Diagnostics;

/// <summary>
/// Asks the members of one Security Group, by the Gaia API at the group's own address, how busy they are. A session
/// carries one request at a time; as many members are asked at once as there are sessions.
/// </summary>
public sealed class DiagnosticsClient : IAsyncDisposable
{
    private const string Cpu = "cpu";
    private const string Memory = "memory";

    private readonly GaiaPeer _peer;
    private readonly GaiaMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _free;

    // The one used last comes first: while members are asked one by one, only one session is open.
    private readonly ConcurrentStack<GaiaSession> _sessions = [];

    internal DiagnosticsClient(
        GaiaOptions options,
        string group,
        int sessions,
        Func<OrchestratorOptions, HttpMessageHandler> handlers,
        TimeProvider time,
        ILoggerFactory loggers,
        IMeterFactory? meters)
    {
        (_peer, _metrics, _time, _free) = (GaiaPeer.SecurityGroup(group), new(meters), time, new(sessions, sessions));
        var address = options.Orchestrators[0];
        for (var i = 0; i < sessions; i++)
        {
            _sessions.Push(new(
                new(address, options, handlers(address), time, _metrics, _peer),
                new ConfiguredCredentials(options).GetAsync,
                options,
                time,
                loggers.CreateLogger<GaiaSession>()));
        }
    }

    /// <summary>Makes a client; nothing is sent before the first reading.</summary>
    /// <param name="options">Valid options; the address of the group stands in the place of the first Orchestrator's.</param>
    /// <param name="group">The group's number, for messages.</param>
    /// <param name="sessions">At least 1.</param>
    public static DiagnosticsClient Create(
        GaiaOptions options,
        string group,
        int sessions,
        TimeProvider time,
        ILoggerFactory loggers,
        IMeterFactory? meters = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sessions, 1);
        return new(options, group, sessions, o => GaiaHandler.Create(o, options), time, loggers, meters);
    }

    /// <summary>Reads processor and memory of a member.</summary>
    /// <param name="member">Site and member, for example 1_2; null for the member that answers the address.</param>
    /// <exception cref="GaiaException">
    /// There is no usable answer about the processor. That there is none about the memory is told in the reading.
    /// </exception>
    public async Task<MemberReading> ReadAsync(string? member, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        if (!_sessions.TryPop(out var session))
        {
            throw new InvalidOperationException("There are fewer sessions than places.");
        }

        try
        {
            var cpu = DiagnosticsReader.ReadCpu(await AskAsync(session, Cpu, member, cancellationToken));
            var reading = new MemberReading { Time = _time.GetUtcNow(), Cpu = cpu };
            try
            {
                var memory = DiagnosticsReader.ReadMemory(await AskAsync(session, Memory, member, cancellationToken));
                return reading with { MemoryUsedPercent = memory };
            }
            catch (GaiaException e)
            {
                return reading with { MemoryProblem = e.Message };
            }
        }
        finally
        {
            _sessions.Push(session);
            _free.Release();
        }
    }

    /// <summary>Logs out.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_sessions.TryPop(out var session))
        {
            await session.DisposeAsync();
        }

        _metrics.Dispose();
        _free.Dispose();
    }

    private async Task<DiagnosticsTopic> AskAsync(
        GaiaSession session, string topic, string? member, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new() { Topic = topic, MemberId = member }, GaiaJsonContext.Default.DiagnosticsRequest);
        var reply = await session.CallAsync(GaiaCommand.ShowDiagnostics, body, cancellationToken);
        var answer = reply.Read(GaiaJsonContext.Default.DiagnosticsReply);
        var of = member is null ? "" : $" of member {member}";
        return new($"{_peer.Name} answered {GaiaCommand.ShowDiagnostics} {topic}{of}", answer.Objects, answer.Total);
    }
}
