using System.Security.Cryptography;
using Maestro.Telemetry.WebConsole;

namespace Maestro.Telemetry.Tests.WebConsole;

public sealed class ConsoleAssetsTests
{
    [Theory]
    [InlineData("index.html", "text/html; charset=utf-8")]
    [InlineData("css/base.css", "text/css; charset=utf-8")]
    [InlineData("js/app.js", "text/javascript; charset=utf-8")]
    [InlineData("icon.svg", "image/svg+xml")]
    public void Find_AFileOfThePage_HasItsContentType(string path, string contentType)
    {
        var asset = ConsoleAssets.Find(path);

        Assert.NotNull(asset);
        Assert.Equal((path, contentType), (asset.Path, asset.ContentType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/index.html")]
    public void Find_TheRoot_IsTheStartPage(string path) => Assert.Equal("index.html", ConsoleAssets.Find(path)?.Path);

    [Theory]
    [InlineData("missing.js")]
    [InlineData("//index.html")]
    [InlineData("../index.html")]
    [InlineData("js/../index.html")]
    [InlineData("wwwroot/index.html")]
    [InlineData("js\\app.js")]
    [InlineData("INDEX.HTML")]
    public void Find_WhatIsNotAFile_IsNothing(string path)
    {
        Assert.Null(ConsoleAssets.Find(path));
        Assert.Null(ConsoleAssets.Open(path));
    }

    [Fact]
    public void All_EveryFile_OpensWithItsLengthAndTheHashOfItsContent()
    {
        Assert.NotEmpty(ConsoleAssets.All);
        Assert.All(ConsoleAssets.All, asset =>
        {
            using var stream = asset.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);

            Assert.Equal(asset.Length, copy.Length);
            Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(copy.ToArray()))[..32]}\"", asset.EntityTag);
        });
    }

    [Fact]
    public void All_TheWholePage_StaysSmall() => Assert.InRange(ConsoleAssets.All.Sum(a => a.Length), 1, 200_000);
}
