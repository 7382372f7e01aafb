using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>Runs all cases with all peers, in both directions, over both transports.</summary>
public sealed class InteropRun : IAsyncLifetime
{
    public const string Passed = "pass";

    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(string Pairing, string Case), string> _results = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("maestro-interop-").FullName;

    /// <summary>Client, server and transport of each column of the matrix.</summary>
    public static IReadOnlyList<string> Pairings { get; } =
    [
        "maestro > maestro, h2c", "maestro > maestro, TLS",
        "maestro > grpc-js, h2c", "maestro > grpc-js, TLS",
        "maestro > grpcio, h2c", "maestro > grpcio, TLS",
        "grpc-js > maestro, h2c", "grpc-js > maestro, TLS",
        "grpcio > maestro, h2c", "grpcio > maestro, TLS",
    ];

    public static IEnumerable<string> Cases => InteropCases.All.Keys;

    public string Result(string pairing, string name) => _results.GetValueOrDefault((pairing, name), "was not run");

    public async Task InitializeAsync()
    {
        using var certificate = new InteropCertificate(_directory);
        var descriptors = Path.Combine(_directory, "descriptors.pb");
        PeerFiles.WriteDescriptors(descriptors);
        foreach (var tls in new[] { false, true })
        {
            var transport = tls ? "TLS" : "h2c";
            var files = tls ? [certificate.CertificatePath, certificate.KeyPath] : Array.Empty<string>();
            var root = files.Take(1).ToArray();
            await using var server = await InteropServer.StartAsync(tls ? certificate.Certificate : null);

            await CallAsync(
                $"maestro > maestro, {transport}", server.Address.Port, tls, certificate, ServerAbilities.All);
            await CallPeerAsync(
                $"maestro > grpc-js, {transport}", PeerProcess.Node("server.js", files), tls, certificate,
                new ServerAbilities(SeesCompression: true, Compresses: false));
            await CallPeerAsync(
                $"maestro > grpcio, {transport}", PeerProcess.Python("server.py", [descriptors, .. files]), tls,
                certificate, new ServerAbilities(SeesCompression: false, Compresses: true));

            var address = $"127.0.0.1:{server.Address.Port}";
            await ListenAsync($"grpc-js > maestro, {transport}", PeerProcess.Node("client.js", [address, .. root]));
            await ListenAsync(
                $"grpcio > maestro, {transport}", PeerProcess.Python("client.py", [descriptors, address, .. root]));
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    private async Task CallPeerAsync(
        string pairing, PeerProcess peer, bool tls, InteropCertificate certificate, ServerAbilities abilities)
    {
        await using (peer)
        {
            await CallAsync(pairing, await peer.ReadPortAsync(), tls, certificate, abilities);
        }
    }

    private async Task CallAsync(
        string pairing, int port, bool tls, InteropCertificate certificate, ServerAbilities abilities)
    {
        using var probe = new EncodingProbe(certificate.CreateHandler());
        using var channel = GrpcChannel.ForAddress(
            $"{(tls ? "https" : "http")}://127.0.0.1:{port}", new GrpcChannelOptions { HttpHandler = probe });
        var target = new InteropTarget(channel.CreateCallInvoker(), abilities, probe);
        foreach (var (name, run) in InteropCases.All)
        {
            try
            {
                await run(target).WaitAsync(CaseLimit);
                _results[(pairing, name)] = Passed;
            }
            catch (Exception e)
            {
                // Whatever went wrong is this case's result; the others run all the same.
                _results[(pairing, name)] = e.ToString();
            }
        }
    }

    private async Task ListenAsync(string pairing, PeerProcess peer)
    {
        await using (peer)
        {
            foreach (var line in await peer.ReadLinesAsync())
            {
                if (line.Split(' ', 3) is ["CASE", var name, var result])
                {
                    _results[(pairing, name)] = result == "ok" ? Passed : result;
                }
            }
        }
    }
}
