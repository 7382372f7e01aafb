using System.Net;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Tests.Storage;

public sealed class InfluxAnswerTests
{
    [Theory]
    [InlineData(204, "", nameof(InfluxAction.Done))]
    [InlineData(200, "", nameof(InfluxAction.Done))]
    [InlineData(400, """{"error":"partial write: unable to parse 'x': missing fields dropped=0"}""", nameof(InfluxAction.Bisect))]
    [InlineData(400, """{"error":"partial write: field type conflict: input field dropped=1"}""", nameof(InfluxAction.Bisect))]
    [InlineData(400, """{"error":"partial write: points beyond retention policy dropped=2"}""", nameof(InfluxAction.Bisect))]
    [InlineData(400, """{"error":"line protocol parsing error","data":{"line_number":2}}""", nameof(InfluxAction.Bisect))]
    [InlineData(422, """{"code":"unprocessable entity","message":"partial write: dropped=1"}""", nameof(InfluxAction.Bisect))]
    [InlineData(422, """{"error":"Update to schema would exceed number of columns per table limit"}""", nameof(InfluxAction.Hold))]
    [InlineData(401, """{"error":"authorization failed"}""", nameof(InfluxAction.Hold))]
    [InlineData(403, """{"error":"not authorized to write"}""", nameof(InfluxAction.Hold))]
    [InlineData(404, """{"error":"database not found: \"maestro\""}""", nameof(InfluxAction.Prepare))]
    [InlineData(404, """{"code":"not found","message":"no dbrp mapping found"}""", nameof(InfluxAction.Prepare))]
    [InlineData(413, """{"error":"Request Entity Too Large"}""", nameof(InfluxAction.Halve))]
    [InlineData(429, "", nameof(InfluxAction.Throttle))]
    [InlineData(503, "", nameof(InfluxAction.Throttle))]
    [InlineData(500, """{"error":"retention policy not found: samples"}""", nameof(InfluxAction.Prepare))]
    [InlineData(500, """{"error":"engine: cache-max-memory-size exceeded"}""", nameof(InfluxAction.Retry))]
    [InlineData(500, """{"error":"write /var/lib/influxdb: no space left on device"}""", nameof(InfluxAction.Retry))]
    [InlineData(502, "", nameof(InfluxAction.Retry))]
    [InlineData(504, "", nameof(InfluxAction.Retry))]
    [InlineData(301, "", nameof(InfluxAction.Hold))]
    [InlineData(405, "", nameof(InfluxAction.Hold))]
    public void Of_AnAnswerToAWrite_SaysWhatToDo(int status, string body, string action) =>
        Assert.Equal(action, InfluxAnswer.Of((HttpStatusCode)status, body).Action.ToString());

    [Fact]
    public void Of_AnAnswerWithoutWords_NamesItsStatus() =>
        Assert.Equal("HTTP 502", InfluxAnswer.Of(HttpStatusCode.BadGateway, " \n").Message);

    [Theory]
    [InlineData("1.6.7~rc0", InfluxGeneration.One)]
    [InlineData("1.8.10", InfluxGeneration.One)]
    [InlineData("v2.7.11", InfluxGeneration.Two)]
    [InlineData("2.9.1", InfluxGeneration.Two)]
    [InlineData("3.3.0", InfluxGeneration.Three)]
    [InlineData(null, InfluxGeneration.Three)]
    public void Server_IsToldByItsVersion(string? version, InfluxGeneration generation) =>
        Assert.Equal(generation, InfluxServer.Of(version).Generation);
}
