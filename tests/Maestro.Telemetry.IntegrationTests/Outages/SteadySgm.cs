using System.Globalization;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using MemberState = Maestro.Telemetry.Fabric.MemberState;

namespace Maestro.Telemetry.IntegrationTests.Outages;

/// <summary>One SGM that takes ten rows a second on a grid of time and sends them each second, as long as it is let.</summary>
internal sealed class SteadySgm(TelemetryCollector.TelemetryCollectorClient collector, int number)
{
    /// <summary>Rows a second.</summary>
    public const int Pace = 1_000 / StepMs;

    private const int StepMs = 100;
    private const int GroupSize = 20;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly MetricId[] Metrics = Enum.GetValues<MetricId>();

    private readonly Queue<(ulong Sequence, int Rows)> _waiting = new();
    private long _acknowledged;

    public string Serial { get; } = string.Create(CultureInfo.InvariantCulture, $"S{number:D5}");

    /// <summary>The time of row 0.</summary>
    public long StartMs { get; } = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1_000 * 1_000) + (number % StepMs);

    /// <summary>Rows from 0 up to here are acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public long TimeMs(long row) => StartMs + (row * StepMs);

    /// <summary>Sends until it is told to stop, and then waits for what is not acknowledged yet.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var call = collector.Stream(cancellationToken: CancellationToken.None);
        await call.RequestStream.WriteAsync(new StreamRequest { Hello = Hello() }, CancellationToken.None);
        var acknowledging = AcknowledgeAsync(call.ResponseStream);
        var sent = await SendAsync(call.RequestStream, acknowledging, stop);
        await call.RequestStream.CompleteAsync();
        await acknowledging.WaitAsync(Patience, CancellationToken.None);
        Assert.Equal((Serial, sent), (Serial, Acknowledged));
    }

    private async Task<long> SendAsync(IClientStreamWriter<StreamRequest> requests, Task acknowledging, CancellationToken stop)
    {
        // Not all at once.
        await PauseAsync(TimeSpan.FromMilliseconds(number * 37 % 1_000), stop);
        var row = 0L;
        for (var sequence = 1UL; !stop.IsCancellationRequested && !acknowledging.IsCompleted; sequence++)
        {
            var due = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - StartMs) / StepMs;
            var rows = (int)Math.Clamp(due - row, 0, 1_000);
            if (rows > 0)
            {
                lock (_waiting)
                {
                    _waiting.Enqueue((sequence, rows));
                }

                await requests.WriteAsync(new StreamRequest { Batch = Batch(sequence, row, rows) }, CancellationToken.None);
                row += rows;
            }
            else
            {
                sequence--;
            }

            await PauseAsync(Period, stop);
        }

        return row;
    }

    private async Task AcknowledgeAsync(IAsyncStreamReader<StreamResponse> responses)
    {
        while (await responses.MoveNext(CancellationToken.None))
        {
            if (responses.Current.Acknowledgement is not { } acknowledgement)
            {
                continue;
            }

            Assert.Empty(acknowledgement.Refusals);
            lock (_waiting)
            {
                while (_waiting.TryPeek(out var sent) && sent.Sequence <= acknowledgement.UpToSequence)
                {
                    Interlocked.Add(ref _acknowledged, _waiting.Dequeue().Rows);
                }
            }
        }
    }

    private Batch Batch(ulong sequence, long first, int rows)
    {
        var batch = new Batch { Sequence = sequence };
        batch.TimestampsUnixMs.Capacity = rows;
        batch.Values.Capacity = rows * Metrics.Length;
        for (var row = first; row < first + rows; row++)
        {
            batch.TimestampsUnixMs.Add(TimeMs(row));
            for (var metric = 0; metric < Metrics.Length; metric++)
            {
                batch.Values.Add(Value(Metrics[metric], row + metric));
            }
        }

        return batch;
    }

    private static double Value(MetricId metric, long row) => metric switch
    {
        MetricId.MemberState => (double)MemberState.Active,
        MetricId.AccelerationRatio => row * 7 % 1_000 / 1_000.0,
        _ => row * 7 % 10_000 / 100.0,
    };

    private Hello Hello() => new()
    {
        AgentId = $"agent of {Serial}",
        Serial = Serial,
        Site = 1,
        SecurityGroup = 1 + (number / GroupSize),
        Model = "16200",
        Release = "R82",
        Columns = { Metrics.Select(metric => new Column { Metric = (Metric)(int)metric }) },
    };

    private static Task PauseAsync(TimeSpan time, CancellationToken stop) =>
        Task.Delay(time, TimeProvider.System, stop).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
