using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>A reflection client from npm, which knows nothing of our .proto files.</summary>
public sealed class ReflectionClientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task ForeignReflectionClient_ListsAndCallsTheServices(string version)
    {
        await using var server = await InteropServer.StartAsync(
            configure: services =>
            {
                services.AddGrpcReflection();
                services.AddGrpcHealthChecks();
            },
            map: app =>
            {
                app.MapGrpcReflectionService();
                app.MapGrpcHealthChecksService();
            });
        await using var client = PeerProcess.Node("reflect.js", $"127.0.0.1:{server.Address.Port}", version);

        var lines = await client.ReadLinesAsync();

        output.WriteLine(string.Join('\n', lines));
        Assert.Contains("SERVICE grpc.health.v1.Health Check,Watch", lines);
        Assert.Contains(
            lines,
            line => line.StartsWith("SERVICE grpc.testing.TestService EmptyCall,UnaryCall", StringComparison.Ordinal));
        Assert.Contains("SERVICE grpc.reflection.v1.ServerReflection ServerReflectionInfo", lines);
        Assert.Contains("SERVICE grpc.reflection.v1alpha.ServerReflection ServerReflectionInfo", lines);
        Assert.Contains("CALL 42", lines);
    }
}
