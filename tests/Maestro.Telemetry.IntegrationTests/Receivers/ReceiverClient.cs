using System.IO.Compression;
using System.Net.Http.Headers;
using Google.Protobuf;
using IronSnappy;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Protocol.Otlp;
using Maestro.Telemetry.Protocol.RemoteWrite;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>Posts bodies, right and wrong ones, to the receivers of a server.</summary>
internal sealed class ReceiverClient(ServerUnderTest server) : IDisposable
{
    public const string Protobuf = "application/x-protobuf";

    private readonly HttpClient _http = new() { BaseAddress = server.ReceiverAddress, Timeout = ServerUnderTest.Patience };

    public Task<HttpResponseMessage> WriteAsync(
        byte[] block, string type = Protobuf, string encoding = "snappy", AuthenticationHeaderValue? authorization = null) =>
        PostAsync("/api/v1/write", block, type, encoding, authorization);

    public Task<HttpResponseMessage> OtlpAsync(
        byte[] body, string type = Protobuf, string encoding = "", AuthenticationHeaderValue? authorization = null) =>
        PostAsync("/v1/metrics", body, type, encoding, authorization);

    /// <summary>The connections of members 1 of group 1, by site: one row each.</summary>
    public static byte[] Write(DateTimeOffset time, params int[] sites)
    {
        var request = new WriteRequest();
        foreach (var site in sites)
        {
            var series = new TimeSeries
            {
                Samples = { new Sample { Timestamp = time.ToUnixTimeMilliseconds(), Value = 100 + site } },
            };
            series.Labels.Add(Labels(site).Select(l => new Label { Name = l.Name, Value = l.Value }));
            series.Labels.Add(new Label { Name = "__name__", Value = "system_network_connections_rate" });
            request.Timeseries.Add(series);
        }

        return Snappy.Encode(request.ToByteArray());
    }

    /// <summary>The same in OTLP.</summary>
    public static byte[] Export(DateTimeOffset time, params int[] sites)
    {
        var metric = new Metric { Name = "system.network.connections.rate", Gauge = new Gauge() };
        foreach (var site in sites)
        {
            var point = new NumberDataPoint
            {
                TimeUnixNano = (ulong)time.ToUnixTimeMilliseconds() * 1_000_000,
                AsDouble = 100 + site,
            };
            point.Attributes.Add(Labels(site).Select(l => new KeyValue
            {
                Key = l.Name,
                Value = new AnyValue { StringValue = l.Value },
            }));
            metric.Gauge.DataPoints.Add(point);
        }

        var request = new ExportMetricsServiceRequest();
        request.ResourceMetrics.Add(new ResourceMetrics { ScopeMetrics = { new ScopeMetrics { Metrics = { metric } } } });
        return request.ToByteArray();
    }

    public static byte[] Gzip(int zeros)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            var chunk = new byte[1 << 20];
            for (var left = zeros; left > 0; left -= chunk.Length)
            {
                gzip.Write(chunk.AsSpan(0, Math.Min(left, chunk.Length)));
            }
        }

        return output.ToArray();
    }

    public void Dispose() => _http.Dispose();

    private static (string Name, string Value)[] Labels(int site) =>
        [("sp_security_group_id", "1"), ("sp_site_id", $"{site}"), ("sp_member_id", "1")];

    private async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, string type, string encoding, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body),
            Headers = { Authorization = authorization },
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding.Length > 0)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        return await _http.SendAsync(request);
    }
}
