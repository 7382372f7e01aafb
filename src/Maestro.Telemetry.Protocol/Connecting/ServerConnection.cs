using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace Maestro.Telemetry.Protocol.Connecting;

/// <summary>The way of a client to a server.</summary>
public static class ServerConnection
{
    private const long MaxFileBytes = 1 << 20;

    /// <summary>Everything that is wrong with the options, with a remedy each; empty when they can be used.</summary>
    /// <param name="options">What to check; files are read.</param>
    /// <param name="name">How a setting is called where the user gives it, by the name it has here.</param>
    public static IReadOnlyList<string> Check(ServerConnectionOptions options, Func<string, string> name)
    {
        var errors = new List<string>();
        var address = name(nameof(options.Address));
        if (!Uri.TryCreate(options.Address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            errors.Add($"{address} is '{options.Address}'; it must be of the form http://127.0.0.1:50051 or https://HOST:PORT.");
            return errors;
        }

        if (uri.Scheme == Uri.UriSchemeHttp)
        {
            if (options.HasToken && !IsLoopback(uri))
            {
                errors.Add($"{address} is '{options.Address}'; a token is not sent over the network in plain text: use https://.");
            }

            foreach (var (key, value) in TlsFiles(options).Where(f => f.Value.Length > 0))
            {
                errors.Add($"{name(key)} is '{value}'; it is for https:// only, and {address} is '{options.Address}'.");
            }

            return [.. errors, .. CheckToken(options, name)];
        }

        return [.. errors, .. CheckToken(options, name), .. CheckTls(options, name)];
    }

    /// <summary>Opens a channel; nothing is sent yet.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds no certificate or no key.</exception>
    public static GrpcChannel Open(ServerConnectionOptions options)
    {
        var handler = Handler(options);
        return GrpcChannel.ForAddress(
            options.Address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    private static HttpMessageHandler Handler(ServerConnectionOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A server that lost its power says nothing; without pings a stream to it would stay open for ever.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            EnableMultipleHttp2Connections = true,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
        if (options.CaFile.Length > 0)
        {
            handler.SslOptions.CertificateChainPolicy = Trusting(options.CaFile);
        }

        if (options.CertificateFile.Length > 0)
        {
            handler.SslOptions.ClientCertificates = [ClientCertificate(options)];
        }

        return options.HasToken ? new BearerHandler(new TokenSource(options), handler) : handler;
    }

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private static X509Certificate2 ClientCertificate(ServerConnectionOptions options) => X509Certificate2.CreateFromPemFile(
        options.CertificateFile, options.KeyFile.Length > 0 ? options.KeyFile : options.CertificateFile);

    private static IEnumerable<string> CheckToken(ServerConnectionOptions options, Func<string, string> name)
    {
        if (options.TokenFile.Length == 0)
        {
            return [];
        }

        return Problem(options.TokenFile, () => new TokenSource(options).Read().Length > 0
                ? null
                : "it is empty; put a token into it that `maestro token create` has made") is { } problem
            ? [$"{name(nameof(options.TokenFile))} is '{options.TokenFile}'; {problem}."]
            : [];
    }

    private static IEnumerable<string> CheckTls(ServerConnectionOptions options, Func<string, string> name)
    {
        if (options.CaFile.Length > 0 && Problem(options.CaFile, () => Trusting(options.CaFile).CustomTrustStore.Count > 0
            ? null
            : "there is no certificate in it; give PEM") is { } authority)
        {
            yield return $"{name(nameof(options.CaFile))} is '{options.CaFile}'; {authority}.";
        }

        if (options.CertificateFile.Length > 0 && Problem(options.CertificateFile, () =>
        {
            using var certificate = ClientCertificate(options);
            return null;
        }) is { } client)
        {
            yield return $"{name(nameof(options.CertificateFile))} is '{options.CertificateFile}'; {client}.";
        }
        else if (options.CertificateFile.Length == 0 && options.KeyFile.Length > 0)
        {
            yield return $"{name(nameof(options.KeyFile))} is '{options.KeyFile}'; "
                + $"name its certificate with {name(nameof(options.CertificateFile))}.";
        }
    }

    private static string? Problem(string file, Func<string?> read)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: > MaxFileBytes }
                ? $"it has more than {MaxFileBytes} bytes"
                : read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read ({e.Message})";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return $"it cannot be used ({e.Message}); give PEM with the certificate and its own key";
        }
    }

    private static IEnumerable<(string Key, string Value)> TlsFiles(ServerConnectionOptions options) =>
    [
        (nameof(options.CaFile), options.CaFile),
        (nameof(options.CertificateFile), options.CertificateFile),
        (nameof(options.KeyFile), options.KeyFile),
    ];

    // A name other than localhost may lead anywhere.
    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.IdnHost, out var address) && IPAddress.IsLoopback(address));
}
