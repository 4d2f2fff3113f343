namespace Digitizer.Tests.Support.Servers;

/// <summary>Tests that share one; names of containers and queues keep them apart.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}

/// <summary>Rows of the matrix that share another one, beside which the other tests go on.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteRows : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite rows";
}
