using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>What a channel's credentials come down to.</summary>
internal sealed class ChannelSecurity : ChannelCredentialsConfiguratorBase
{
    private readonly List<CallCredentials> _callCredentials = [];
    private bool? _secure;

    /// <summary>Sent with each call.</summary>
    public IReadOnlyList<CallCredentials> CallCredentials => _callCredentials;

    /// <summary>Whether credentials may be sent.</summary>
    public bool AllowsCallCredentials { get; private init; }

    /// <exception cref="InvalidOperationException">The credentials do not go with the address.</exception>
    public static ChannelSecurity For(Uri address, GrpcChannelOptions options)
    {
        var tls = address.Scheme == Uri.UriSchemeHttps;
        var security = new ChannelSecurity
        {
            AllowsCallCredentials = tls || options.UnsafeUseInsecureChannelCallCredentials,
        };
        options.Credentials?.InternalPopulateConfiguration(security, null);
        if (security._secure is { } secure && secure != tls)
        {
            throw new InvalidOperationException(
                $"The credentials are {(secure ? "secure" : "insecure")}, but the address {address} says otherwise.");
        }

        return security.CallCredentials.Count > 0 && !security.AllowsCallCredentials
            ? throw new InvalidOperationException(
                $"Call credentials would be sent to {address} in plain text; use https, or allow it in the options.")
            : security;
    }

    public override void SetInsecureCredentials(object? state) => _secure = false;

    public override void SetSslCredentials(
        object? state, string? rootCertificates, object? keyCertificatePair, object? verifyPeerCallback) =>
        _secure = true;

    public override void SetCompositeCredentials(
        object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        channelCredentials.InternalPopulateConfiguration(this, null);
        _callCredentials.Add(callCredentials);
    }
}
