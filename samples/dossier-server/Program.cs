using DossierServer;
using Microsoft.Extensions.Configuration;

var settings = new ConfigurationBuilder().AddEnvironmentVariables("DOSSIER_SERVER_").AddCommandLine(args).Build();
var options = new ServerOptions();
settings.Bind(options);
await using var app = DossierApp.Create(options);
await app.RunAsync();
