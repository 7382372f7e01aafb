using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.IntegrationTests.Support;
using Maestro.Telemetry.Server;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.IntegrationTests.Deployment;

public sealed partial class ComposeTests : IDisposable
{
    private const string Convert = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
    private const string Settings = "docs/deploy/compose/maestro.json";

    private static readonly string[] Plain = ["-f", "docker-compose.yml", "--profile", "simulator"];
    private static readonly string[] Secured = [.. Plain, "-f", "docs/deploy/compose/tls.yml"];

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<bool> Variants { get; } = [false, true];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Compose_Mounts_OnlyWhatExists(bool withTls)
    {
        var mounts = (await ReadAsync(withTls))
            .SelectMany(s => Texts(s.Value, "volumes"))
            .Select(v => v.Split(':')[0])
            .Where(source => source.StartsWith('/'))
            .ToList();

        Assert.NotEmpty(mounts);
        Assert.All(mounts, path => Assert.True(Path.Exists(path), path));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Compose_Services_GetTheSecretsThatTheyRead(bool withTls)
    {
        var services = await ReadAsync(withTls);
        Dictionary<string, string> files = new()
        {
            ["influxdb"] = "docs/deploy/compose/influxdb-setup.sh",
            ["maestro"] = Settings,
            ["grafana"] = "grafana/datasources/influxdb-1.yaml",
        };

        foreach (var (name, service) in services)
        {
            var text = service.GetRawText()
                + (files.TryGetValue(name, out var file) ? await ReadFileAsync(file) : "");
            var read = SecretPath().Matches(text).Select(m => m.Groups[1].Value).ToHashSet();
            var given = service.GetProperty("secrets").EnumerateArray()
                .Select(s => s.GetProperty("source").GetString()!).ToHashSet();
            Assert.Equal(given.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Compose_Ports_AreThoseOfTheSettingsAndOfTheImage()
    {
        var services = await ReadAsync(withTls: false);
        var published = Texts(services["maestro"], "ports").Select(p => p.Split(':')[^1].Replace("/tcp", "")).ToHashSet();
        using var settings = JsonDocument.Parse(await ReadFileAsync(Settings));
        var served = settings.RootElement.GetProperty("Maestro").GetProperty("Server").EnumerateObject()
            .Where(p => p.Name.EndsWith("Address", StringComparison.Ordinal))
            .Select(p => p.Value.GetString()!.Split(':')[^1])
            .ToHashSet();
        var exposed = Regex.Match(await ReadFileAsync("Dockerfile"), "EXPOSE (.*)").Groups[1].Value.Split(' ').ToHashSet();

        Assert.Equal(4, served.Count);
        Assert.True(served.SetEquals(published));
        Assert.True(served.SetEquals(exposed));
        Assert.All(
            services.Values.Where(s => s.TryGetProperty("ports", out _)).SelectMany(s => Texts(s, "ports")),
            port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compose_Services_ArePinnedAndMayLittle()
    {
        var services = await ReadAsync(withTls: false);

        Assert.All(services.Values, s =>
        {
            Assert.Matches(@":(local|\d+\.\d+\.\d+)$", s.GetProperty("image").GetString());
            Assert.Equal(["ALL"], Texts(s, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], Texts(s, "security_opt"));
        });
        Assert.All(
            services.Where(s => s.Key is "influxdb" or "grafana"),
            s => Assert.Matches("^[1-9]", s.Value.GetProperty("user").GetString()));
        Assert.Contains("USER $APP_UID", await ReadFileAsync("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dockerfile_Copies_WhatExists()
    {
        var sources = (await ReadFileAsync("Dockerfile")).Split('\n')
            .Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ')[1..^1])
            .ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, s => Assert.True(Path.Exists(Path.Combine(Repository.Root, s)), s));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Compose_Settings_CanBeUsed(bool withTls)
    {
        var given = (await ReadAsync(withTls))["maestro"].TryGetProperty("environment", out var environment)
            ? environment.EnumerateObject().ToDictionary(e => e.Name.Replace("__", ":"), e => e.Value.GetString())
            : [];
        given["Maestro:Storage:Directory"] = _directory.File("data");
        given["Maestro:Storage:Influx:SecretFile"] = await SecretAsync("writer", "a password");
        if (withTls)
        {
            using var key = RSA.Create(2048);
            using var certificate = Certificate(key);
            given["Maestro:Server:Tls:CertificateFile"] = await SecretAsync("tls.pem", certificate.ExportCertificatePem());
            given["Maestro:Server:Tls:KeyFile"] = await SecretAsync("tls.key", key.ExportPkcs8PrivateKeyPem());
        }

        await using var host = MaestroHost.Build(
            configuration => ServerSettings.AddTo(
                configuration, new FileInfo(Path.Combine(Repository.Root, Settings)), given),
            logging => logging.SetMinimumLevel(LogLevel.None));

        Assert.Empty(host.CheckConfiguration());
    }

    [GeneratedRegex(@"/run/secrets/([\w-]+)")]
    private static partial Regex SecretPath();

    private static X509Certificate2 Certificate(RSA key)
    {
        var request = new CertificateRequest("CN=maestro", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("maestro");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
    }

    private static async Task<Dictionary<string, JsonElement>> ReadAsync(bool withTls)
    {
        var yaml = await Programs.RunAsync("docker-compose", [.. withTls ? Secured : Plain, "config"]);
        var json = await Programs.RunAsync("/usr/bin/python3", ["-c", Convert], yaml);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("services").EnumerateObject()
            .ToDictionary(s => s.Name, s => s.Value.Clone());
    }

    private static Task<string> ReadFileAsync(string path) =>
        File.ReadAllTextAsync(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Texts(JsonElement service, string name) =>
        service.TryGetProperty(name, out var items) ? items.EnumerateArray().Select(i => i.GetString()!) : [];

    private async Task<string> SecretAsync(string name, string text)
    {
        var path = _directory.File(name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
