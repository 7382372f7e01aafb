using Grpc.Core;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class DuplicateAgentTests
{
    [Fact]
    public async Task OtherAgentOnAStreamedSgm_IsRefused_AndWhatItSaysOfTheFabricIsNotTaken()
    {
        await using var server = await ServerUnderTest.StartAsync(
            ("Maestro:Gaia:Orchestrators:0:Id", ""),
            ("Maestro:Gaia:Orchestrators:0:Address", ""),
            ("Maestro:Gaia:PasswordFile", ""));
        using var first = server.Collector.Stream();
        await first.RequestStream.WriteAsync(Says(ServerUnderTest.Hello(site: 2)));
        Assert.True(await first.ResponseStream.MoveNext().WaitAsync(ServerUnderTest.Patience));

        var other = ServerUnderTest.Hello(agent: "agent-2", site: 1);
        using var second = server.Collector.Stream();
        await second.RequestStream.WriteAsync(Says(other));
        var streamed = await Assert.ThrowsAsync<RpcException>(
            () => second.ResponseStream.MoveNext().WaitAsync(ServerUnderTest.Patience));
        var exported = await Assert.ThrowsAsync<RpcException>(
            () => server.ExportAsync(ServerUnderTest.Batch(1, 50), other));

        Assert.Equal(StatusCode.AlreadyExists, streamed.StatusCode);
        Assert.Equal(StatusCode.AlreadyExists, exported.StatusCode);
        Assert.Contains("'agent-1'", exported.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(2, server.Get<FabricState>().Current.Find(new GatewaySerial("S1"))!.Site.Value);
        await first.RequestStream.CompleteAsync();
    }

    private static StreamRequest Says(Hello hello) => new() { Hello = hello };
}
