using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Maestro.Telemetry.Tests.Access;

public sealed class AccessConfigurationTests
{
    [Fact]
    public async Task Access_OnLoopback_IsNotRequired() => Assert.False(await IsRequiredAsync());

    [Fact]
    public async Task Access_OnLoopback_CanBeRequired() =>
        Assert.True(await IsRequiredAsync(("Maestro:Access:Required", "true")));

    [Fact]
    public async Task Access_OffLoopback_IsRequired() => Assert.True(await IsRequiredAsync(
        ("Maestro:Server:AllowPlaintext", "true"), ("Maestro:Server:ReceiverAddress", "http://0.0.0.0:4318")));

    [Fact]
    public async Task Check_OffLoopbackWithoutTlsOrAuthentication_IsRefusedWithTheRemedy()
    {
        var plain = await CheckAsync(("Maestro:Server:OtlpGrpcAddress", "http://192.0.2.1:4317"));
        var open = await CheckAsync(
            ("Maestro:Server:AllowPlaintext", "true"),
            ("Maestro:Server:OtlpGrpcAddress", "http://192.0.2.1:4317"),
            ("Maestro:Access:Required", "false"));
        var secured = await CheckAsync(("Maestro:Server:ConsoleAddress", "https://127.0.0.1:8443"));

        Assert.Contains("Maestro:Server:Tls:CertificateFile", Assert.Single(plain), StringComparison.Ordinal);
        Assert.StartsWith("Maestro:Access:Required is 'False';", Assert.Single(open), StringComparison.Ordinal);
        Assert.Contains("https needs a certificate", Assert.Single(secured), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WrongCallers_AreAllToldWithoutTheirSecrets()
    {
        var errors = await CheckAsync(
            ("Maestro:Access:Users:0:Name", "a:b"),
            ("Maestro:Access:Users:0:PasswordHash", "my-real-password"),
            ("Maestro:Access:Users:1:Name", "agent"),
            ("Maestro:Access:Users:1:PasswordHash", PasswordHash.Create("long enough").ToString()),
            ("Maestro:Access:Users:1:Role", "Agent"),
            ("Maestro:Access:Certificates:0:Role", "Viewer"),
            ("Maestro:Access:FailuresAllowed", "0"));

        Assert.Equal(5, errors.Count);
        Assert.Contains(errors, e => e.StartsWith("Maestro:Access:Users:0:Name is 'a:b';", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Maestro:Access:Users:0:PasswordHash is not set;", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Maestro:Access:Users:1:Serials is not set;", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Maestro:Access:Certificates:0:Subject is not set;", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Maestro:Access:FailuresAllowed is 0;", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, e => e.Contains("my-real-password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_CertificatesWithoutAnAuthority_AreRefused()
    {
        var errors = await CheckAsync(
            ("Maestro:Access:Certificates:0:Subject", "agent.example.net"),
            ("Maestro:Access:Certificates:0:Role", "Agent"),
            ("Maestro:Access:Certificates:0:Serials:0", "S1"));

        Assert.Contains("Maestro:Server:Tls:ClientCaFile", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Caller_OfARole_MayWhatItsRoleMay()
    {
        var agent = Caller.Of("a", CallerRole.Agent, ["S1"]);
        var every = Caller.Of("e", CallerRole.Agent, ["S1", "*"]);
        var viewer = Caller.Of("v", CallerRole.Viewer, ["S1"]);

        Assert.True(agent.Serials.Allows(new("S1")));
        Assert.False(agent.Serials.Allows(new("S2")));
        Assert.True(every.Serials.Allows(new("S2")));
        Assert.False(viewer.Serials.Allows(new("S1")));
        Assert.Equal([CallerRole.Agent], agent.Roles);
        Assert.Equal([CallerRole.Viewer, CallerRole.Operator], Caller.Of("o", CallerRole.Operator, []).Roles);
    }

    private static async Task<bool> IsRequiredAsync(params (string Key, string Value)[] settings)
    {
        await using var host = Build(settings);
        Assert.Empty(host.CheckConfiguration());
        return host.Services.GetRequiredService<AccessPolicy>().Required;
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(params (string Key, string Value)[] settings)
    {
        await using var host = Build(settings);
        return host.CheckConfiguration();
    }

    private static MaestroHost Build((string Key, string Value)[] settings) => MaestroHost.Build(
        configuration => configuration.AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))),
        _ => { });
}
