using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using IronSnappy;
using Maestro.Telemetry.Protocol.RemoteWrite;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.CrashWriter;

/// <summary>
/// Sends rows that can be told by their number, in order and for ever. What was not acknowledged is sent again after an
/// error, as agents and Prometheus do.
/// </summary>
internal sealed class CrashSender(Uri collector, string serial, long first, long start)
{
    private const int RowsPerBatch = 20;
    private const int RowsPerRequest = 10;
    private const int Cores = 4;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long _acknowledged = first;

    /// <summary>The native stream.</summary>
    public async Task StreamAsync()
    {
        using var channel = GrpcChannel.ForAddress(collector);
        while (true)
        {
            try
            {
                await StreamOnceAsync(channel);
            }
            catch (RpcException)
            {
                // The collector has gone, or is not there yet.
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Prometheus remote write.</summary>
    public async Task RemoteWriteAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        while (true)
        {
            try
            {
                using var content = new ByteArrayContent(Snappy.Encode(Request().ToByteArray()));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                content.Headers.ContentEncoding.Add("snappy");
                using var answer = await http.PostAsync(new Uri(collector, "/api/v1/write"), content);
                if (answer.IsSuccessStatusCode)
                {
                    Acknowledge(_acknowledged + RowsPerRequest);
                    continue;
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // The collector has gone, or is not there yet.
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private async Task StreamOnceAsync(GrpcChannel channel)
    {
        var from = _acknowledged;
        using var ended = new CancellationTokenSource();
        using var call = new TelemetryCollector.TelemetryCollectorClient(channel).Stream();
        await call.RequestStream.WriteAsync(new StreamRequest { Hello = Hello() });
        var sending = SendAsync(call.RequestStream, from, ended.Token);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                if (call.ResponseStream.Current.Acknowledgement is { } acknowledgement)
                {
                    if (acknowledgement.Refusals.Count > 0)
                    {
                        throw new InvalidOperationException($"Rows are refused: {acknowledgement.Refusals[0]}");
                    }

                    Acknowledge(from + ((long)acknowledgement.UpToSequence * RowsPerBatch));
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await sending;
        }
    }

    private async Task SendAsync(
        IClientStreamWriter<StreamRequest> requests, long from, CancellationToken cancellationToken)
    {
        try
        {
            for (var sequence = 1UL; !cancellationToken.IsCancellationRequested; sequence++)
            {
                var row = from + ((long)(sequence - 1) * RowsPerBatch);
                var batch = new Batch { Sequence = sequence };
                batch.TimestampsUnixMs.AddRange(Enumerable.Range(0, RowsPerBatch).Select(i => SentRows.TimeMs(start, row + i)));
                batch.Values.AddRange(Enumerable.Range(0, RowsPerBatch).Select(i => SentRows.Value(row + i)));
                await requests.WriteAsync(new StreamRequest { Batch = batch }, cancellationToken);
                await Task.Delay(Pace, TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // The stream has ended; the reading side says why.
        }
    }

    private Hello Hello() => new()
    {
        AgentId = $"agent of {serial}",
        Serial = serial,
        Site = 1,
        SecurityGroup = 1,
        Model = "9300",
        Release = "R82",
        Columns = { new Column { Metric = Metric.CpuMean } },
    };

    private WriteRequest Request()
    {
        var request = new WriteRequest();
        for (var core = 0; core < Cores; core++)
        {
            Add("system_cpu_utilization", row => 100 - SentRows.Value(row), ("cpu", $"{core}"), ("state", "idle"), ("type", "CoreXL_FW"));
        }

        Add("system_traffic_connections", row => row, ("protocol", "tcp"), ("state", "established"));
        return request;

        void Add(string metric, Func<long, double> value, params (string Name, string Value)[] labels)
        {
            var series = new TimeSeries();
            series.Labels.AddRange(labels
                .Append(("__name__", metric)).Append(("serial_number", serial))
                .Append(("sp_security_group_id", "1")).Append(("sp_site_id", "1"))
                .OrderBy(l => l.Item1, StringComparer.Ordinal)
                .Select(l => new Label { Name = l.Item1, Value = l.Item2 }));
            series.Samples.AddRange(Enumerable.Range(0, RowsPerRequest).Select(i => _acknowledged + i)
                .Select(row => new Sample { Timestamp = SentRows.TimeMs(start, row), Value = value(row) }));
            request.Timeseries.Add(series);
        }
    }

    private void Acknowledge(long upTo)
    {
        _acknowledged = Math.Max(_acknowledged, upTo);
        Console.WriteLine(_acknowledged.ToString(CultureInfo.InvariantCulture));
    }
}
