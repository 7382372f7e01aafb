using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Testing;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>Where the foreign peers are, and what they are given.</summary>
internal static class PeerFiles
{
    public const string Remedy = "Run tests/tools/install-peers.sh, which installs what the foreign peers need.";

    /// <summary>The peers' programs, in the source tree.</summary>
    public static string Directory { get; } = Path.Combine(
        Repository.Root, "tests", "Maestro.Telemetry.IntegrationTests", "Interop", "peers");

    /// <summary>Writes the descriptors of the test services, from which Python makes its messages.</summary>
    public static void WriteDescriptors(string path)
    {
        var set = new FileDescriptorSet();
        FileDescriptor[] files = [EmptyReflection.Descriptor, MessagesReflection.Descriptor, TestReflection.Descriptor];
        foreach (var file in files)
        {
            set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
        }

        File.WriteAllBytes(path, set.ToByteArray());
    }

    /// <exception cref="InvalidOperationException">npm's packages are not there.</exception>
    public static void RequireNodePackages()
    {
        if (!System.IO.Directory.Exists(Path.Combine(Directory, "node_modules", "@grpc", "grpc-js")))
        {
            throw new InvalidOperationException($"@grpc/grpc-js is not installed in {Directory}. {Remedy}");
        }
    }
}
