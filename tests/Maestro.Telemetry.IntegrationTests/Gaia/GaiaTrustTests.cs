using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Maestro.Telemetry.Gaia;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Orchestration;

public sealed class GaiaTrustTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task CaFile_OfTheAuthorityThatSigned_IsTrusted() =>
        Assert.IsType<GaiaUnavailableException>(await FailureAsync("127.0.0.1", trustTheSigner: true));

    [Fact]
    public async Task CaFile_OfAnotherAuthority_IsNotTrusted() =>
        Assert.Contains(
            "certificate is not trusted",
            Assert.IsType<GaiaUnreachableException>(await FailureAsync("127.0.0.1", trustTheSigner: false)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task CaFile_ACertificateForAnotherName_IsNotTrusted() =>
        Assert.IsType<GaiaUnreachableException>(await FailureAsync("127.0.0.2", trustTheSigner: true));

    // The server answers 503 to everything: an answer at all says that the certificate was trusted.
    private static async Task<GaiaException> FailureAsync(string name, bool trustTheSigner)
    {
        using var signer = Authority("CN=signer");
        using var other = Authority("CN=other");
        using var certificate = Issue(signer, name);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, (trustTheSigner ? signer : other).ExportCertificatePem());
            await using var server = await ServeAsync(certificate);
            var address = server.Services.GetRequiredService<IServer>().Features
                .Get<IServerAddressesFeature>()!.Addresses.Single();
            var options = new GaiaOptions
            {
                Orchestrators = [new() { Id = "1_1", Address = address }],
                CaFile = file,
            };
            await using var controller = GaiaFabricController.Create(
                options,
                TimeProvider.System,
                NullLoggerFactory.Instance,
                credentials: _ => ValueTask.FromResult(new GaiaCredentials("admin", "x")));
            return await Assert.ThrowsAnyAsync<GaiaException>(
                () => controller.ReadAsync(CancellationToken.None).WaitAsync(Patience));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<WebApplication> ServeAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var application = builder.Build();
        application.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        await application.StartAsync();
        return application;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=orchestrator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var bare = request.Create(authority, now.AddHours(-1), now.AddDays(1), Encoding.ASCII.GetBytes("12345678"));
        using var complete = bare.CopyWithPrivateKey(key);

        // Kestrel wants a key that it can hand to the platform, which an ephemeral one is not everywhere.
        return X509CertificateLoader.LoadPkcs12(complete.Export(X509ContentType.Pkcs12), password: null);
    }
}
