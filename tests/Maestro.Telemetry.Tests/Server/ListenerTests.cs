using Maestro.Telemetry.Server;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class ListenerTests
{
    [Fact]
    public async Task KeepAlive_OfTheServer_EndsConnectionsToHostsThatSayNothing()
    {
        await using var host = Build();

        var http2 = host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.Http2;

        Assert.Equal(
            (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20)),
            (http2.KeepAlivePingDelay, http2.KeepAlivePingTimeout));
    }

    [Fact]
    public async Task AllowedHosts_HaveTheHostsOfTheAddresses()
    {
        await using var host = Build(
            ("Maestro:Server:GrpcAddress", "http://127.0.0.3:0"), ("Maestro:Server:ConsoleAddress", "http://127.0.0.2:0"));

        var hosts = host.Services.GetRequiredService<IOptions<HostFilteringOptions>>().Value.AllowedHosts;

        Assert.Equal(["localhost", "127.0.0.1", "[::1]", "127.0.0.3", "127.0.0.2"], hosts);
    }

    private static MaestroHost Build(params (string Key, string Value)[] settings) => MaestroHost.Build(
        configuration => configuration.AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))),
        _ => { });
}
