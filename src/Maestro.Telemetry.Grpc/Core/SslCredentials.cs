namespace Grpc.Core;

/// <summary>TLS with the platform's roots, or with what the HTTP handler was told to trust.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    public override void InternalPopulateConfiguration(
        ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, null, null, null);
}
