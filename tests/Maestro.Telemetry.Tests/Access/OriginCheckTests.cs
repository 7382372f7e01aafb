using Maestro.Telemetry.Server.Access;
using Microsoft.AspNetCore.Http;

namespace Maestro.Telemetry.Tests.Access;

public sealed class OriginCheckTests
{
    [Theory]
    [InlineData("POST", null, null, false)]
    [InlineData("POST", "https://maestro.example:8080", "same-origin", false)]
    [InlineData("DELETE", "https://maestro.example:8080", null, false)]
    [InlineData("POST", "https://evil.example", null, true)]
    [InlineData("POST", "https://maestro.example", null, true)]
    [InlineData("POST", "null", null, true)]
    [InlineData("POST", null, "cross-site", true)]
    [InlineData("POST", null, "same-site", true)]
    [InlineData("POST", "https://maestro.example:8080", "cross-site", true)]
    [InlineData("GET", "https://evil.example", "cross-site", false)]
    public void Request_ThatChangesSomething_MustComeFromOurOwnPages(
        string method, string? origin, string? site, bool foreign)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host) = (method, new HostString("maestro.example", 8080));
        request.Headers.Origin = origin;
        request.Headers["Sec-Fetch-Site"] = site;

        Assert.Equal(foreign, OriginCheck.IsForeign(request));
    }
}
