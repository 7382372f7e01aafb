using Grpc.Net.Client;

namespace Maestro.Telemetry.IntegrationTests.Interop;

public sealed class OwnInteropTests
{
    public static TheoryData<string> Cases => [.. InteropCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_OverH2c_Passes(string name)
    {
        await using var server = await InteropServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);

        await InteropCases.All[name](channel.CreateCallInvoker()).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
