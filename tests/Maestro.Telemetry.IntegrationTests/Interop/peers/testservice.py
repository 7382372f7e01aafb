"""What both sides of the Python peer share: the messages, made from the descriptors that our build knows."""
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

INITIAL = "x-grpc-test-echo-initial"
TRAILING = "x-grpc-test-echo-trailing-bin"
SERVICE = "grpc.testing.TestService"


class Messages:
    """Message classes by their short names."""

    def __init__(self, descriptor_set_path):
        pool = descriptor_pool.DescriptorPool()
        with open(descriptor_set_path, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read()).file
        for one in files:
            pool.Add(one)
        factory = message_factory.MessageFactory(pool)
        for one in files:
            for message in one.message_type:
                descriptor = pool.FindMessageTypeByName(f"{one.package}.{message.name}")
                setattr(self, message.name, factory.GetPrototype(descriptor))

    def zeros(self, size):
        return self.Payload(body=bytes(size))


def serialize(message):
    return message.SerializeToString()
