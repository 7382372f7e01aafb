using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection;
using Grpc.Reflection.V1;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class ReflectionServiceTests
{
    private static readonly ReflectionServiceImpl Reflection = new(Health.Descriptor, ServerReflection.Descriptor);

    [Fact]
    public void ListServices_NamesThem()
    {
        var answer = Reflection.Answer(new ServerReflectionRequest { ListServices = "*" });

        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"],
            answer.ListServicesResponse.Service.Select(s => s.Name));
    }

    [Theory]
    [InlineData("grpc.health.v1.Health")]
    [InlineData("grpc.health.v1.Health.Check")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    [InlineData("grpc.health.v1.HealthCheckRequest.service")]
    public void FileContainingSymbol_OfAnyKind_IsItsFile(string symbol)
    {
        var answer = Reflection.Answer(new ServerReflectionRequest { FileContainingSymbol = symbol });

        var file = FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Equal("grpc/health/v1/health.proto", file.Name);
    }

    [Fact]
    public void FileByFilename_OfAKnownFile_IsThatFile() =>
        Assert.Single(Reflection
            .Answer(new ServerReflectionRequest { FileByFilename = "grpc/reflection/v1/reflection.proto" })
            .FileDescriptorResponse.FileDescriptorProto);

    [Fact]
    public void Questions_WithoutAnAnswer_AreAnsweredByAnError()
    {
        var questions = new[]
        {
            (new ServerReflectionRequest { FileByFilename = "none.proto" }, StatusCode.NotFound),
            (new ServerReflectionRequest { FileContainingSymbol = "none" }, StatusCode.NotFound),
            (new ServerReflectionRequest { AllExtensionNumbersOfType = "none" }, StatusCode.NotFound),
            (new ServerReflectionRequest { FileContainingExtension = new() }, StatusCode.NotFound),
            (new ServerReflectionRequest(), StatusCode.InvalidArgument),
        };

        Assert.All(questions, q => Assert.Equal((int)q.Item2, Reflection.Answer(q.Item1).ErrorResponse.ErrorCode));
    }

    [Fact]
    public void ExtensionNumbers_OfATypeWithoutExtensions_AreNone() =>
        Assert.Empty(Reflection
            .Answer(new ServerReflectionRequest { AllExtensionNumbersOfType = "grpc.health.v1.HealthCheckRequest" })
            .AllExtensionNumbersResponse.ExtensionNumber);
}
