using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>What is said about messages over the limit.</summary>
internal static class MessageSize
{
    public static RpcException ReceivedTooLarge(long size, int max) => new(new Status(
        StatusCode.ResourceExhausted,
        $"Received message of {size} bytes exceeds the maximum of {max}; raise MaxReceiveMessageSize to accept it."));

    public static RpcException InflatedTooLarge(int max) => new(new Status(
        StatusCode.ResourceExhausted,
        $"Received message inflates beyond the maximum of {max} bytes; raise MaxReceiveMessageSize to accept it."));

    public static RpcException SentTooLarge(long size, int max) => new(new Status(
        StatusCode.ResourceExhausted,
        $"Sending message of {size} bytes exceeds the maximum of {max}; raise MaxSendMessageSize to send it."));
}
