using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.IntegrationTests.Access;

/// <summary>What the tests of access do with a server, again and again.</summary>
internal static class AccessUnderTest
{
    public static readonly (string Key, string Value) Required = ("Maestro:Access:Required", "true");

    /// <summary>Makes a token in the server's directory, which the server knows at once.</summary>
    public static async Task<string> CreateTokenAsync(
        this ServerUnderTest server, string name, CallerRole role, params string[] serials)
    {
        var (_, secret) = await server.Tokens().CreateAsync(name, role, serials, null, default);
        server.Get<TokenBook>().Refresh();
        return secret;
    }

    public static TokenFile Tokens(this ServerUnderTest server) =>
        new(server.Get<IOptions<StorageOptions>>().Value.Directory, TimeProvider.System);

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    public static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    public static HttpRequestMessage Get(string path, AuthenticationHeaderValue? authorization = null) =>
        new(HttpMethod.Get, path) { Headers = { Authorization = authorization } };

    /// <summary>Trusts this authority alone, and shows a certificate if one is given.</summary>
    public static SocketsHttpHandler Handler(TestAuthority authority, (string Certificate, string Key)? client = null)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(authority.File);
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
        if (client is var (certificate, key))
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)];
        }

        return handler;
    }

    public static GrpcChannel Channel(Uri address, SocketsHttpHandler handler) => GrpcChannel.ForAddress(
        address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
}
