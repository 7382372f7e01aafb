namespace Grpc.Core;

/// <summary>Receives what channel credentials consist of.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>The last three are null: certificates are set on the HTTP handler.</summary>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, object? keyCertificatePair, object? verifyPeerCallback);

    public abstract void SetCompositeCredentials(
        object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
