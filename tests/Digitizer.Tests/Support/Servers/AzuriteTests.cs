namespace Digitizer.Tests.Support.Servers;

/// <summary>Tests that share one; names of containers and queues keep them apart.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}
